//! Every public page: `load` reads the record, `render` makes the whole document.
//!
//! `load` is where reading, standing and charts meet; what it returns are plain values, so `render` asks nothing and
//! cannot fail. A public page never carries a script.

pub mod about;
pub mod changes;
pub mod countries;
pub mod country;
pub mod error;
pub mod home;
pub mod incident;
pub mod incidents;
pub mod indicator;
pub mod indicators;
pub mod methodology;
pub mod privacy;
pub mod reply;
pub mod safety;
pub mod transparency;
pub mod treaties;
pub mod treaty;

use store::StoreError;

pub use crate::context::PageContext;

/// Why a page could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing stands at that address in this edition.
    #[error("not found")]
    NotFound(NotFound),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What to say instead of a page that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotFound {
    /// The nearest that exist: name and address (without language prefix or edition).
    pub near: Vec<(String, String)>,
}

impl LoadError {
    fn near(near: Vec<(String, String)>) -> Self {
        Self::NotFound(NotFound { near })
    }
}
