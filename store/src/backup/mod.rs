//! A logical dump of everything, the same for both engines, made while others write: what is read on one engine can be
//! restored on the other. The keys are not in it, and neither is what soon ends by itself. Evidence files are.
//!
//! It is one stream of lines, so that neither side holds more than a line in memory: a header, then for each table its
//! name and columns and a JSON array for each row, then the evidence files in parts, and at the end how many rows there were and the SHA-256 of
//! all lines before. A stream without that last line, or with another hash, is refused and nothing is kept of it.

mod read;
mod tables;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use read::check;
pub use tables::{LEFT_OUT, TABLES, Table};

/// The shape of the stream that this program writes and reads.
const FORMAT: u32 = 1;

/// What stands first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    treatywatch_backup: u32,
    /// The number of the schema's last migration.
    pub schema: i64,
    /// The version of the program that wrote it.
    pub program: String,
    /// When it was made.
    pub at: String,
}

/// What stands before the rows of a table.
#[derive(Serialize, Deserialize)]
struct Heading {
    table: String,
    columns: Vec<String>,
}

/// What stands last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
    /// Evidence files that have a row and were not there to be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Of all lines before.
    pub sha256: String,
}

/// The heading under which evidence files stand, behind the tables: encrypted as they lie in their store, a line for
/// each part.
const FILES: &str = "evidence_files";
const FILE_COLUMNS: [&str; 2] = ["object", "part"];

/// Why nothing was restored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// It does not begin like a backup.
    #[error("this is no backup of Treatywatch")]
    NoBackup,
    /// It ends too soon.
    #[error("the backup is cut off: it has no end")]
    CutOff,
    /// It is not what was written.
    #[error("the backup was altered or damaged: it does not give the hash at its end")]
    Altered,
    /// A later program made it.
    #[error("the backup has schema {0}, this program knows up to {1}: a newer program is needed")]
    NewerSchema(i64, i64),
    /// An earlier program made it.
    #[error(
        "the backup has schema {0}, this program's is {1}: restore it with treatywatch {2}, which made it, and then \
         start this program on that"
    )]
    OlderSchema(i64, i64, String),
    /// There is something already.
    #[error("the database is not empty (there are rows in {0}): a backup is restored into an empty one only")]
    NotEmpty(&'static str),
}

/// Every query, for the test that prepares each on both engines.
pub fn queries() -> Vec<&'static str> {
    TABLES
        .iter()
        .flat_map(|table| [table.read, table.add, table.count])
        .chain(read::QUERIES.iter().copied())
        .chain([write::OBJECTS])
        .collect()
}
