//! The islands: the few places that react in the browser.
//!
//! Each one is a wrapper around HTML that works without it. Props travel as JSON in the page, so they are small, and
//! sentences arrive ready-made: no catalogue is in the module.

#[expect(missing_docs, reason = "the macro writes a struct for the props and gives it no words")]
pub mod autosave;

#[expect(missing_docs, reason = "the macro writes a struct for the props and gives it no words")]
pub mod upload;

pub use autosave::{Autosave, AutosaveWords};
pub use upload::{Upload, UploadWords};
