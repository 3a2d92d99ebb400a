//! A publisher's file as sheets of cells, whatever its format.
//!
//! Every format ends in the same thing: named sheets whose rows are lists of texts. Dates become ISO 8601, numbers their
//! shortest form, so that a mapping speaks of texts alone. Comma-separated files are read from where they lie, row by row, and
//! never held whole; the others are small enough to be held, and [`Limits`] says how large that may be.

mod charset;
mod collection;
mod lines;
mod separated;
mod workbook;

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use csv::StringRecord;
use serde::Serialize;

use crate::table::FileError;
use separated::Separated;

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub enum Input {
    /// In memory.
    Bytes(Vec<u8>),
    /// On disk: read as often as needed, never whole.
    Path(PathBuf),
}

/// How large a file may be. A file beyond it is refused before any of it is understood.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes on disk.
    pub bytes: u64,
    /// Bytes that a workbook unpacks to.
    pub unpacked: u64,
    /// Cells of a workbook, over all sheets.
    pub cells: usize,
    /// Columns of a sheet.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 2 << 30, unpacked: 512 << 20, cells: 5_000_000, columns: 4_096 }
    }
}

/// What somebody says of a comma-separated file; what they leave open is guessed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
    /// Its charset, by a name of the WHATWG Encoding Standard.
    pub charset: Option<&'static encoding_rs::Encoding>,
    /// Its separator.
    pub separator: Option<u8>,
}

/// How a file was read: shown, so that a wrong guess is seen and overridden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadAs {
    /// The format.
    pub format: Format,
    /// The charset, for texts.
    pub charset: Option<&'static str>,
    /// The charset is a guess.
    pub charset_guessed: bool,
    /// The separator, for separated values.
    pub separator: Option<char>,
}

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Comma-separated values, with any common separator.
    Separated,
    /// An Office Open XML workbook.
    Workbook,
    /// One JSON object a line.
    JsonLines,
    /// The UN Treaty Collection's XML of one treaty.
    TreatyCollection,
    /// Text under headings that begin with `#`, as the declarations of a treaty are handed out.
    Sections,
}

/// A file as sheets.
#[derive(Debug)]
pub struct Sheets {
    /// How it was read.
    pub read_as: ReadAs,
    /// The sheets, in the order of the file. A file without sheets has one, without a name.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug)]
pub struct Sheet {
    /// Its name; empty where the format has none.
    pub name: String,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    Held(Vec<(usize, StringRecord)>),
    Separated(Separated),
}

impl Sheets {
    /// Reads a file. Which format it is, its first bytes say, not its name.
    pub fn read(input: Input, hints: Hints, limits: Limits) -> Result<Self, FileError> {
        if input.len()? > limits.bytes {
            return Err(FileError::TooLarge { most_mib: limits.bytes >> 20 });
        }
        let mut start = Vec::new();
        input.open()?.take(4096).read_to_end(&mut start)?;
        if start.starts_with(b"PK\x03\x04") {
            return workbook::read(&input, limits);
        }
        let text = charset::start_of(&start);
        let first = text.trim_start();
        if first.is_empty() {
            return Err(FileError::Empty);
        }
        if first.starts_with("<?xml") || first.starts_with("<mtdsg") {
            return collection::read(&input.held(limits)?, hints);
        }
        if first.starts_with('{') {
            return lines::json(&input.held(limits)?, limits);
        }
        if lines::has_sections(first) {
            return lines::sections(&input.held(limits)?, hints);
        }
        separated::read(input, hints, limits)
    }
}

impl Sheet {
    fn held(name: impl Into<String>, rows: Vec<(usize, StringRecord)>) -> Self {
        Self { name: name.into(), rows: Rows::Held(rows) }
    }

    /// Each row with its number, counted as a spreadsheet counts them: the first is row 1.
    pub fn each(
        &self,
        mut seen: impl FnMut(usize, &StringRecord) -> ControlFlow<()>,
    ) -> Result<(), FileError> {
        match &self.rows {
            Rows::Held(rows) => {
                let _ = rows.iter().try_for_each(|(number, row)| seen(*number, row));
                Ok(())
            }
            Rows::Separated(separated) => separated.each(&mut seen),
        }
    }

    /// The first rows.
    pub fn first(&self, count: usize) -> Result<Vec<(usize, StringRecord)>, FileError> {
        let mut rows = Vec::new();
        self.each(|number, row| {
            if rows.len() < count {
                rows.push((number, row.clone()));
            }
            if rows.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(rows)
    }
}

impl Input {
    /// Its size in bytes.
    pub fn len(&self) -> io::Result<u64> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::Path(path) => Ok(path.metadata()?.len()),
        }
    }

    /// There is nothing in it.
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Self::Path(path) => Box::new(File::open(path)?),
        })
    }

    /// All of it, for the formats that are held.
    fn held(&self, limits: Limits) -> Result<Vec<u8>, FileError> {
        if self.len()? > limits.unpacked {
            return Err(FileError::TooLarge { most_mib: limits.unpacked >> 20 });
        }
        let mut bytes = Vec::new();
        self.open()?.take(limits.unpacked).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests;
