//! The columns of one sheet: found by their headings, whatever their case and blanks.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::SheetOf;
use crate::sheets::Sheet;
use crate::table::FileError;

/// How many rows at the top of a sheet may hold its headings.
const LOOKED_AT: usize = 40;

/// The columns of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Headings as they stand, several rows of them joined by " / ".
    headings: Vec<String>,
    /// Folded, with where they stand; a heading that stands twice is of no use and counted.
    at: BTreeMap<String, Vec<usize>>,
    /// The row of the lowest headings.
    pub(super) row: usize,
}

impl Columns {
    /// The columns of `sheet`, if it is of the kind that `of` reads.
    pub(super) fn find(of: &SheetOf, sheet: &Sheet) -> Result<Option<Self>, FileError> {
        if of.name.as_ref().is_some_and(|name| !name.0.is_match(&sheet.name)) {
            return Ok(None);
        }
        let first = sheet.first(LOOKED_AT)?;
        let has = |row: &StringRecord| {
            let cells: Vec<String> = row.iter().map(folded).collect();
            of.find.iter().all(|heading| cells.contains(&folded(heading)))
        };
        let Some(lowest) = first.iter().position(|(_, row)| has(row)) else { return Ok(None) };
        let above = lowest.saturating_sub(of.heading_rows.max(1) - 1);
        let rows: Vec<&StringRecord> =
            first.get(above..=lowest).unwrap_or_default().iter().map(|(_, row)| row).collect();
        let headings = joined(&rows);
        let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, heading) in headings.iter().enumerate() {
            at.entry(folded(heading)).or_default().push(i);
        }
        let row = first.get(lowest).map_or(0, |(number, _)| *number);
        Ok(Some(Self { headings, at, row }))
    }

    /// Where a heading stands. `Err` where it stands twice: nobody can tell which is meant.
    pub(super) fn position(&self, heading: &str) -> Result<Option<usize>, FileError> {
        if heading.is_empty() {
            // A table whose first column has no heading says in it what its rows are of.
            return Ok(self.headings.first().filter(|first| first.is_empty()).map(|_| 0));
        }
        match self.at.get(&folded(heading)).map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([one]) => Ok(Some(*one)),
            Some(_) => Err(FileError::HeadingTwice(heading.to_owned())),
        }
    }

    /// The heading of a column, as it stands.
    pub(super) fn heading(&self, at: usize) -> &str {
        self.headings.get(at).map_or("", String::as_str)
    }

    /// Every heading with its place.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &str)> {
        self.headings.iter().enumerate().map(|(i, heading)| (i, heading.as_str()))
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.headings.len()
    }
}

/// Several rows of headings as one: a heading over several columns stands above the first of them alone.
fn joined(rows: &[&StringRecord]) -> Vec<String> {
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut headings = vec![String::new(); width];
    for (i, row) in rows.iter().enumerate() {
        let is_lowest = i + 1 == rows.len();
        let mut over = "";
        for (column, heading) in headings.iter_mut().enumerate() {
            let cell = row.get(column).unwrap_or_default().trim();
            if !cell.is_empty() || is_lowest {
                over = cell;
            }
            if !over.is_empty() {
                if !heading.is_empty() {
                    heading.push_str(" / ");
                }
                heading.push_str(over);
            }
        }
    }
    headings
}

/// A heading or word for comparing: without regard to case, marks and blanks.
pub(super) fn folded(text: &str) -> String {
    domain::fold::fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
