//! A comma-separated file as a structure: whole or nothing.

use std::collections::BTreeMap;

use csv::StringRecord;

use crate::outcome::Outcome;
use crate::row::Row;

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
    /// It ends inside a quoted cell: cut off.
    #[error("ends inside a quoted cell")]
    CutOff,
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
        let mut row = Row::new(number, &columns, &record);
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
