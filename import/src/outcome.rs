//! What became of each row.

use domain::Problem;
use serde::Serialize;

/// What became of the rows of a sound file. Rows are counted as a spreadsheet counts them: the headings are row 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome<T> {
    /// What was understood, with its row.
    pub accepted: Vec<(usize, T)>,
    /// Cells that could not be understood. A row with one of them is not accepted.
    pub refused: Vec<Refusal>,
    /// Names that nobody knows yet. A row with one of them waits.
    pub held: Vec<Held>,
}

impl<T> Outcome<T> {
    /// Everything was taken.
    pub fn is_clean(&self) -> bool {
        self.refused.is_empty() && self.held.is_empty()
    }

    /// The accepted values alone.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.accepted.iter().map(|(_, value)| value)
    }

    /// The accepted values alone, taken out.
    pub fn into_values(self) -> Vec<T> {
        self.accepted.into_iter().map(|(_, value)| value).collect()
    }
}

impl<T> Default for Outcome<T> {
    fn default() -> Self {
        Self { accepted: Vec::new(), refused: Vec::new(), held: Vec::new() }
    }
}

/// A cell that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Its sheet; empty where the file has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Its row.
    pub row: usize,
    /// Its column's heading.
    pub column: String,
    /// What stands there, shortened.
    pub value: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a cell was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Reason {
    /// As a form would refuse it.
    Cell(Problem),
    /// Something only a file can have wrong.
    File(FileReason),
}

/// What only a file can have wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum FileReason {
    /// The same key stands in an earlier row.
    Duplicate {
        /// That row.
        first_row: usize,
    },
    /// Not a number.
    NotANumber,
    /// A number outside its scale, or bounds the wrong way round.
    OutOfRange,
}

impl Reason {
    /// The key of its sentence in `text`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cell(problem) => problem.code(),
            Self::File(FileReason::Duplicate { .. }) => "duplicate",
            Self::File(FileReason::NotANumber) => "not-a-number",
            Self::File(FileReason::OutOfRange) => "out-of-range",
        }
    }
}

/// A name that nobody knows yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Its sheet; empty where the file has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Its row.
    pub row: usize,
    /// Its column's heading.
    pub column: String,
    /// The name as written.
    pub value: String,
    /// What it should name.
    pub name: Name,
    /// Known names that are near it.
    pub near: Vec<String>,
}

/// What a held name should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Name {
    /// A country or area.
    Country,
    /// A treaty.
    Treaty,
    /// A provision of a treaty.
    Provision,
    /// An incident.
    Incident,
    /// An indicator.
    Indicator,
}
