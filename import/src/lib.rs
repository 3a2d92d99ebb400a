//! How files come in: rows of comma-separated files, read into domain values.
//!
//! The problem: files are typed by people, cut off by networks and saved by programs that change them. The choice: a file
//! is whole or nothing as a *structure* ([`FileError`]: unknown layout, a heading missing, cut off), while inside a sound
//! structure each row stands for itself: a cell that cannot be understood is *refused*, a name nobody knows is *held*,
//! both with row and column, and neither stops the others ([`Outcome`]).
//!
//! The invariant: what is accepted went through the domain's own constructors and checks, the same as what a form sends; the
//! starter record has no way in of its own.

pub mod actions;
pub mod analysis;
pub mod areas;
pub mod groups;
pub mod incidents;
pub mod indicators;
pub mod instruments;
pub mod mapping;
mod outcome;
pub mod provisions;
mod row;
pub mod sheets;
pub mod starter;
mod table;

pub use outcome::{FileReason, Held, Name, Outcome, Reason, Refusal};
pub use table::FileError;

use std::collections::BTreeSet;

use domain::country::Gazetteer;
use domain::treaty::{ProvisionNumber, TreatySlug};

/// The names that rows may point to. A row that points elsewhere is held.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Countries and areas in every spelling.
    pub countries: &'a Gazetteer,
    /// Treaties.
    pub treaties: &'a BTreeSet<TreatySlug>,
    /// Provisions of those treaties.
    pub provisions: &'a BTreeSet<(TreatySlug, String)>,
}

impl Known<'_> {
    /// The provision is on record.
    pub fn has_provision(&self, treaty: &TreatySlug, number: &ProvisionNumber) -> bool {
        self.provisions.contains(&(treaty.clone(), number.as_str().to_owned()))
    }
}
