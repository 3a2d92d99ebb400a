//! The project's own data folder, for the tests.

use domain::Day;
use import::starter::{self, StarterRecord};

/// A file below `data/`.
pub(crate) fn file(name: &str) -> Option<Vec<u8>> {
    std::fs::read(format!("{}/../data/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
}

/// The whole starter record.
pub(crate) fn starter_record() -> StarterRecord {
    starter::read(file, Day::constant(2026, 11, 23)).expect("every file is there and whole")
}
