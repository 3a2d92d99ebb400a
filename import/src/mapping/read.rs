//! Reading a file through a mapping: rows of theirs become rows of ours, cell by cell.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use super::columns::Columns;
use super::plan::{Plan, Theirs};
use super::{Mapping, MappingError, SheetOf};
use crate::outcome::{Held, Refusal};
use crate::row::Row;
use crate::sheets::{Format, Sheet, Sheets};
use crate::table::FileError;

/// The mappings of known publishers.
const KNOWN: &[&str] = &[
    include_str!("../../mappings/keepiton-stop.toml"),
    include_str!("../../mappings/un-treaty-collection.toml"),
    include_str!("../../mappings/council-of-europe.toml"),
    include_str!("../../mappings/v-dem.toml"),
    include_str!("../../mappings/world-bank-wgi.toml"),
    include_str!("../../mappings/freedom-house.toml"),
];

/// The mappings of known publishers, in the order in which they are tried.
pub fn known() -> Result<Vec<Mapping>, MappingError> {
    KNOWN.iter().map(|toml| Mapping::parse(toml)).collect()
}

/// A file with the mapping that reads it.
#[derive(Debug)]
pub struct Found<'a> {
    /// The mapping.
    pub mapping: &'a Mapping,
    sheets: Vec<FoundSheet<'a>>,
    /// Sheets that no part of the mapping reads.
    pub passed_over: Vec<String>,
}

#[derive(Debug)]
struct FoundSheet<'a> {
    sheet: &'a Sheet,
    of: &'a SheetOf,
    columns: Columns,
    plan: Plan<'a>,
}

/// The first of `mappings` of which at least one sheet of the file has the headings.
pub fn find<'a>(sheets: &'a Sheets, mappings: &'a [Mapping]) -> Result<Found<'a>, FileError> {
    for mapping in mappings {
        let mut found = Found { mapping, sheets: Vec::new(), passed_over: Vec::new() };
        for sheet in &sheets.sheets {
            let fits = mapping.sheets.iter().map(|of| (of, Columns::find(of, sheet)));
            match fits.map(|(of, columns)| Ok((of, columns?))).find(|it| !matches!(it, Ok((_, None)))) {
                Some(Ok((of, Some(columns)))) => {
                    let plan = Plan::new(of, &columns)?;
                    found.sheets.push(FoundSheet { sheet, of, columns, plan });
                }
                Some(Err(error)) => return Err(error),
                _ => found.passed_over.push(sheet.name.clone()),
            }
        }
        if !found.sheets.is_empty() {
            if sheets.read_as.format == Format::Separated {
                found.check_rows()?;
            }
            return Ok(found);
        }
    }
    Err(FileError::UnknownLayout)
}

/// What became of a file besides what was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many rows of ours were accepted.
    pub accepted: usize,
    /// Cells that could not be understood.
    pub refused: Vec<Refusal>,
    /// Names that nobody knows yet.
    pub held: Vec<Held>,
    /// Corrections made, with their rows.
    pub corrected: Vec<Noted>,
    /// Rows that hold nothing of their own.
    pub passed: Vec<Noted>,
    /// Headings that the mapping makes nothing of.
    pub unused: Vec<String>,
    /// Sheets that it does not read.
    pub passed_over: Vec<String>,
}

/// A row about which the mapping has something to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// The sheet.
    pub sheet: String,
    /// The row.
    pub row: usize,
    /// Why.
    pub reason: String,
}

impl<'a> Found<'a> {
    /// Every row has as many cells as there are headings: a row with another number is cut off, or not of this layout.
    fn check_rows(&self) -> Result<(), FileError> {
        for found in &self.sheets {
            let mut wrong = None;
            found.sheet.each(|row, record| {
                if row > found.columns.row && record.len() != found.columns.len() {
                    wrong = Some(FileError::RowLength {
                        row,
                        cells: record.len(),
                        headings: found.columns.len(),
                    });
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })?;
            if let Some(error) = wrong {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Reads every row: `read` makes a value of it or leaves its errors there, `take` gets what was accepted with its sheet and
    /// row, one after the other. `given` are columns of ours that whoever imports knows, not the file.
    pub(crate) fn each<T>(
        &self,
        given: &BTreeMap<String, String>,
        mut read: impl FnMut(&mut Row<'_>) -> Option<T>,
        mut take: impl FnMut(&str, usize, T),
    ) -> Result<Report, FileError> {
        let mut report = Report { passed_over: self.passed_over.clone(), ..Report::default() };
        for found in &self.sheets {
            let name = found.sheet.name.as_str();
            report.unused.extend(found.unused());
            found.sheet.each(|number, record| {
                if number <= found.columns.row || record.iter().all(|cell| cell.trim().is_empty()) {
                    return ControlFlow::Continue(());
                }
                let theirs = Theirs { record, missing: &found.of.missing };
                let noted =
                    |reason: &str| Noted { sheet: name.to_owned(), row: number, reason: reason.to_owned() };
                if let Some(reason) = found.plan.passes(theirs) {
                    report.passed.push(noted(reason));
                    return ControlFlow::Continue(());
                }
                let mut corrected = Vec::new();
                found.plan.rows(theirs, given, &mut corrected, &mut |ours| {
                    let mut row = Row::new(number, &ours);
                    for (column, problem) in &ours.wrong {
                        row.refuse(column, problem.clone());
                    }
                    let value = read(&mut row);
                    let (mut refused, mut held) = row.into_errors();
                    if let (Some(value), true, true) = (value, refused.is_empty(), held.is_empty()) {
                        report.accepted += 1;
                        take(name, number, value);
                    }
                    refused.iter_mut().for_each(|refusal| refusal.sheet = name.to_owned());
                    held.iter_mut().for_each(|held| held.sheet = name.to_owned());
                    report.refused.append(&mut refused);
                    report.held.append(&mut held);
                });
                report.corrected.extend(corrected.into_iter().map(noted));
                ControlFlow::Continue(())
            })?;
        }
        Ok(report)
    }
}

impl FoundSheet<'_> {
    fn unused(&self) -> Vec<String> {
        let used = &self.plan.used;
        let all = self.columns.all().filter(|(at, heading)| !heading.is_empty() && !used.contains(at));
        all.map(|(_, heading)| heading.to_owned()).collect()
    }
}
