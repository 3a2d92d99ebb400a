//! One row, cell by cell. Each reader leaves what is wrong in the row and goes on, so that one look shows everything.

use std::str::FromStr;

use domain::country::{CountryCode, Gazetteer};
use domain::treaty::TreatySlug;
use domain::{Day, DayBounds, PartialDate, Problem};

use crate::Known;
use crate::outcome::{FileReason, Held, Name, Reason, Refusal};

/// Where a row's cells come from: a file of our own layout, or another through its mapping.
pub(crate) trait Cells {
    /// The cell below a heading of ours, if there is such a column.
    fn cell(&self, column: &str) -> Option<&str>;
    /// What the file itself calls that column.
    fn called(&self, column: &str) -> String;
}

pub(crate) struct Row<'a> {
    number: usize,
    cells: &'a dyn Cells,
    refused: Vec<Refusal>,
    held: Vec<Held>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(number: usize, cells: &'a dyn Cells) -> Self {
        Self { number, cells, refused: Vec::new(), held: Vec::new() }
    }

    pub(crate) fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn into_errors(self) -> (Vec<Refusal>, Vec<Held>) {
        (self.refused, self.held)
    }

    // ---- errors ------------------------------------------------------------------------------------------

    pub(crate) fn refuse(&mut self, column: &str, problem: Problem) {
        self.refuse_for(column, Reason::Cell(problem));
    }

    /// Something in that cell was refused already.
    pub(crate) fn is_refused(&self, column: &str) -> bool {
        let called = self.cells.called(column);
        self.refused.iter().any(|refusal| refusal.column == called)
    }

    pub(crate) fn refuse_file(&mut self, column: &str, reason: FileReason) {
        self.refuse_for(column, Reason::File(reason));
    }

    fn refuse_for(&mut self, column: &str, reason: Reason) {
        let value = self.raw(column).chars().take(200).collect();
        self.refused.push(Refusal {
            sheet: String::new(),
            row: self.number,
            column: self.cells.called(column),
            value,
            reason,
        });
    }

    pub(crate) fn hold(&mut self, column: &str, value: &str, name: Name, near: Vec<String>) {
        let value = value.chars().take(200).collect();
        self.held.push(Held {
            sheet: String::new(),
            row: self.number,
            column: self.cells.called(column),
            value,
            name,
            near,
        });
    }

    /// The file has such a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.cells.cell(column).is_some()
    }

    // ---- texts -------------------------------------------------------------------------------------------

    /// The cell as it stands, without the apostrophe that keeps spreadsheets from reading it as a formula.
    fn raw(&self, column: &str) -> &str {
        let cell = self.cells.cell(column).unwrap_or_default().trim();
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        }
    }

    /// The cell; empty where it is empty or the file has no such column.
    pub(crate) fn text(&mut self, column: &str) -> String {
        let text = self.raw(column).replace("\r\n", "\n");
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.refuse(column, Problem::BadCharacters);
        }
        text
    }

    pub(crate) fn text_or_none(&mut self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    pub(crate) fn needed(&mut self, column: &str) -> Option<String> {
        let text = self.text_or_none(column);
        if text.is_none() {
            self.refuse(column, Problem::Missing);
        }
        text
    }

    /// The cell's items, separated by semicolons.
    pub(crate) fn items(&mut self, column: &str) -> Vec<String> {
        self.text(column)
            .split(';')
            .map(|item| item.trim().to_owned())
            .filter(|item| !item.is_empty())
            .collect()
    }

    /// An address, or nothing.
    pub(crate) fn address(&mut self, column: &str) -> String {
        let url = self.text(column);
        let fits = url.starts_with("https://") || url.starts_with("http://");
        if !url.is_empty() && (!fits || url.contains(char::is_whitespace)) {
            self.refuse(column, Problem::NotAnAddress { value: url.chars().take(200).collect() });
        }
        url
    }

    // ---- values ------------------------------------------------------------------------------------------

    pub(crate) fn value<T: FromStr<Err = Problem>>(&mut self, column: &str) -> Option<T> {
        let text = self.needed(column)?;
        text.parse().map_err(|problem| self.refuse(column, problem)).ok()
    }

    pub(crate) fn value_or_none<T: FromStr<Err = Problem>>(&mut self, column: &str) -> Option<T> {
        let text = self.text_or_none(column)?;
        text.parse().map_err(|problem| self.refuse(column, problem)).ok()
    }

    /// One of these words.
    pub(crate) fn word<T: Copy>(&mut self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.needed(column)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            self.refuse(column, Problem::NotInList { value: text.chars().take(40).collect() });
        }
        found
    }

    pub(crate) fn yes(&mut self, column: &str) -> Option<bool> {
        self.word(column, &[("yes", true), ("no", false)])
    }

    /// A day, known to the day.
    pub(crate) fn day(&mut self, column: &str) -> Option<Day> {
        let date: PartialDate = self.value_or_none(column)?;
        let day = date.exact();
        if day.is_none() {
            self.refuse(column, Problem::NotADate { value: date.to_string() });
        }
        day
    }

    /// Two cells with the bounds of a day.
    pub(crate) fn bounds(&mut self, not_before: &str, not_after: &str) -> DayBounds {
        let bounds = DayBounds { not_before: self.day(not_before), not_after: self.day(not_after) };
        if !bounds.is_consistent() {
            self.refuse(not_after, Problem::EndBeforeStart);
        }
        bounds
    }

    /// A finite number in plain notation.
    pub(crate) fn number_or_none(&mut self, column: &str) -> Option<f64> {
        let text = self.text_or_none(column)?;
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        if number.is_none() {
            self.refuse_file(column, FileReason::NotANumber);
        }
        number
    }

    pub(crate) fn whole<T: FromStr>(&mut self, column: &str) -> Option<T> {
        let text = self.text_or_none(column)?;
        let number = text.parse::<T>().ok();
        if number.is_none() {
            self.refuse_file(column, FileReason::NotANumber);
        }
        number
    }

    // ---- names -------------------------------------------------------------------------------------------

    /// A country or area in any spelling; an unknown one is held.
    pub(crate) fn country(&mut self, column: &str, countries: &Gazetteer) -> Option<CountryCode> {
        let typed = self.needed(column)?;
        self.country_named(column, &typed, countries)
    }

    pub(crate) fn country_or_none(&mut self, column: &str, countries: &Gazetteer) -> Option<CountryCode> {
        let typed = self.text_or_none(column)?;
        self.country_named(column, &typed, countries)
    }

    pub(crate) fn country_named(
        &mut self,
        column: &str,
        typed: &str,
        countries: &Gazetteer,
    ) -> Option<CountryCode> {
        match countries.find(typed) {
            Ok(code) => Some(code),
            Err(Problem::UnknownCountry { near, .. }) => {
                self.hold(column, typed, Name::Country, near);
                None
            }
            Err(problem) => {
                self.refuse(column, problem);
                None
            }
        }
    }

    /// A treaty on record; an unknown one is held.
    pub(crate) fn treaty(&mut self, column: &str, known: &Known<'_>) -> Option<TreatySlug> {
        let slug: TreatySlug = self.value(column)?;
        if known.treaties.contains(&slug) {
            return Some(slug);
        }
        self.hold(column, slug.as_str(), Name::Treaty, Vec::new());
        None
    }
}
