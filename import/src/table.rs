//! A comma-separated file as a structure: whole or nothing.

use std::collections::BTreeMap;

use csv::StringRecord;

use crate::outcome::Outcome;
use crate::row::{Cells, Row};

/// Why a whole file was refused. Nothing of it is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not text in UTF-8.
    #[error("not UTF-8")]
    NotText,
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// Headings that the layout needs are missing.
    #[error("headings missing: {}", .0.join(", "))]
    MissingHeadings(Vec<String>),
    /// The same heading twice: nobody can tell which column is meant.
    #[error("heading twice: {0}")]
    HeadingTwice(String),
    /// A row with another number of cells than the headings: cut off, or not of this layout.
    #[error("row {row} has {cells} cells, the headings have {headings}")]
    RowLength {
        /// The row.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many headings there are.
        headings: usize,
    },
    /// It ends inside a quoted cell, or before what was opened is closed: cut off.
    #[error("cut off")]
    CutOff,
    /// Larger than a file may be.
    #[error("larger than {most_mib} MiB")]
    TooLarge {
        /// The most, in MiB.
        most_mib: u64,
    },
    /// More columns or cells than a sheet may have.
    #[error("too many cells")]
    TooManyCells,
    /// It begins like a workbook and is none.
    #[error("not a workbook")]
    NotAWorkbook,
    /// A line that is not one JSON object.
    #[error("row {row} is not a JSON object")]
    NotJson {
        /// The line.
        row: usize,
    },
    /// XML that is broken, or not of a treaty's participants.
    #[error("not the XML of a treaty")]
    NotXml,
    /// No mapping fits: no sheet has the headings of one.
    #[error("unknown layout")]
    UnknownLayout,
    /// It cannot be read at all.
    #[error("cannot be read: {0}")]
    Unreadable(String),
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl FileError {
    /// The key of its sentence in `text`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotText => "file-not-text",
            Self::Empty => "file-empty",
            Self::MissingHeadings(_) => "file-missing-headings",
            Self::HeadingTwice(_) => "file-heading-twice",
            Self::RowLength { .. } => "file-row-length",
            Self::CutOff => "file-cut-off",
            Self::TooLarge { .. } => "file-too-large",
            Self::TooManyCells => "file-too-many-cells",
            Self::NotAWorkbook => "file-not-a-workbook",
            Self::NotJson { .. } => "file-not-json",
            Self::NotXml => "file-not-xml",
            Self::UnknownLayout => "file-unknown-layout",
            Self::Unreadable(_) => "file-unreadable",
        }
    }
}

/// Reads every row of a file with at least these headings; `read` makes a value of a row or leaves its errors there.
/// Further columns are passed over, the order of columns is free.
pub(crate) fn read_rows<T>(
    bytes: &[u8],
    needed: &[&str],
    mut read: impl FnMut(&mut Row<'_>) -> Option<T>,
) -> Result<Outcome<T>, FileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText)?;
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    // Every quote inside a quoted cell is doubled, so a whole file has an even number of them.
    if text.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
        return Err(FileError::CutOff);
    }
    // Records of unequal length are read as they are: the sound structure is checked here, with the row at hand.
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| record.map_err(|_| FileError::CutOff));
    let first = records.next().ok_or(FileError::Empty)??;
    let columns = columns(&first, needed)?;
    let mut outcome = Outcome::default();
    for (i, record) in records.enumerate() {
        let (record, number) = (record?, i + 2);
        if record.len() != first.len() {
            return Err(FileError::RowLength { row: number, cells: record.len(), headings: first.len() });
        }
        let cells = OwnLayout { columns: &columns, record: &record };
        let mut row = Row::new(number, &cells);
        let value = read(&mut row);
        let (refused, held) = row.into_errors();
        if let (Some(value), true, true) = (value, refused.is_empty(), held.is_empty()) {
            outcome.accepted.push((number, value));
        }
        outcome.refused.extend(refused);
        outcome.held.extend(held);
    }
    Ok(outcome)
}

/// A row of a file with our own headings.
struct OwnLayout<'a> {
    columns: &'a BTreeMap<String, usize>,
    record: &'a StringRecord,
}

impl Cells for OwnLayout<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        self.record.get(*self.columns.get(column)?)
    }

    fn called(&self, column: &str) -> String {
        column.to_owned()
    }
}

fn columns(headings: &StringRecord, needed: &[&str]) -> Result<BTreeMap<String, usize>, FileError> {
    let mut columns = BTreeMap::new();
    for (i, heading) in headings.iter().enumerate() {
        let heading = heading.trim().to_lowercase();
        if !heading.is_empty() && columns.insert(heading.clone(), i).is_some() {
            return Err(FileError::HeadingTwice(heading));
        }
    }
    let missing: Vec<String> =
        needed.iter().filter(|heading| !columns.contains_key(**heading)).map(|h| (*h).to_owned()).collect();
    if missing.is_empty() { Ok(columns) } else { Err(FileError::MissingHeadings(missing)) }
}
