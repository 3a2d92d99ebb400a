//! How a publisher's file is read as rows of our own layout: which sheet, which headings, which columns, patterns and
//! code lists. A mapping is a TOML file; docs/mappings.md describes it, and `mappings/` holds those of known publishers.
//!
//! A mapping only says where each of *our* columns comes from. What the columns mean is read by the same readers as our own
//! files, so no file has a way in of its own.

mod columns;
mod field;
mod made;
mod plan;
mod read;
mod status;

use std::collections::BTreeMap;

use domain::indicator::{Direction, Indicator};
use serde::Deserialize;

pub use field::{Case, Field, Flag, Otherwise, Pattern, Unfold};
pub use made::{CaseRow, Repeat, StatusOf, actions, incidents, observations, without_repeats};
pub use read::{Found, Noted, Report, find, known};
pub use status::StatusTable;

/// A mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Its name: what `--mapping` and reports call it.
    pub name: String,
    /// What it reads, in words.
    pub title: String,
    /// What its rows become.
    pub makes: Makes,
    /// Who publishes the file.
    pub publisher: String,
    /// Where it is published.
    pub source_url: String,
    /// Under which licence.
    pub licence: String,
    /// Where the licence can be read.
    #[serde(default)]
    pub licence_url: String,
    /// How the publisher wants to be named.
    #[serde(default)]
    pub attribution: String,
    /// The release this mapping was written for.
    #[serde(default)]
    pub release: String,
    /// The indicators that its columns hold.
    #[serde(default, rename = "indicator")]
    pub indicators: Vec<IndicatorOf>,
    /// Its sheets, one after the other; each sheet of a file is read by the first that fits it.
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetOf>,
}

/// What the rows of a file become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Makes {
    /// Observations of indicators.
    Observations,
    /// Treaty actions.
    Actions,
    /// Cases.
    Incidents,
}

/// What an indicator of the file is; publisher, licence and release are the mapping's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorOf {
    /// See [`Indicator::code`]; the fields below have the names of the indicator's.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its unit, in words.
    pub unit: String,
    /// The lowest value of its scale.
    pub scale_low: Option<f64>,
    /// The highest.
    pub scale_high: Option<f64>,
    /// Which way is better.
    pub direction: Direction,
    /// How it is made, in one sentence.
    pub method: String,
    /// What its interval is.
    #[serde(default)]
    pub interval: String,
    /// Years in which the series breaks.
    #[serde(default)]
    pub breaks: Vec<i16>,
}

/// How one kind of sheet is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetOf {
    /// Which sheets, by name; any where it is not given.
    pub name: Option<Pattern>,
    /// Headings by which the sheet is known: the first row, among the first forty, that has them all.
    pub find: Vec<String>,
    /// How many rows of headings there are; the lowest is the one with [`SheetOf::find`].
    #[serde(default = "one")]
    pub heading_rows: usize,
    /// What means "nothing" in a cell.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Our columns without one of theirs: what they always hold.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Our columns and theirs.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
    /// Their columns that say yes or no to one item of a list of ours.
    #[serde(default, rename = "flag")]
    pub flags: Vec<Flag>,
    /// Their columns each of which makes a row of its own.
    #[serde(default)]
    pub unfold: Vec<Unfold>,
    /// A treaty's status table.
    pub status: Option<StatusTable>,
    /// Rows that hold nothing of their own, and why.
    #[serde(default, rename = "pass")]
    pub passes: Vec<Pass>,
    /// What is known to be wrong in the file, and why.
    #[serde(default, rename = "correction")]
    pub corrections: Vec<Correction>,
}

fn one() -> usize {
    1
}

/// Rows that are passed over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// The heading of the cell that is looked at.
    pub heading: String,
    /// What the cell looks like.
    pub pattern: Pattern,
    /// Why.
    pub reason: String,
}

/// A row that is known to say something wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Which rows: their cells, by their headings.
    pub when: BTreeMap<String, String>,
    /// What stands in our columns instead.
    pub set: BTreeMap<String, String>,
    /// Why, with where that can be read.
    pub reason: String,
}

/// Why a mapping cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Not TOML, or not of this schema; where and what, in TOML's words.
    #[error("{0}")]
    Schema(String),
    /// It says nothing about how rows are found.
    #[error("a sheet needs `find`")]
    NoHeadings,
}

impl Mapping {
    /// Reads a mapping.
    pub fn parse(toml: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(toml).map_err(|error| MappingError::Schema(error.to_string()))?;
        if mapping.sheets.is_empty() || mapping.sheets.iter().any(|sheet| sheet.find.is_empty()) {
            return Err(MappingError::NoHeadings);
        }
        Ok(mapping)
    }

    /// The indicators that its columns hold, whole.
    pub fn indicators(&self) -> Vec<Indicator> {
        let whole = |of: &IndicatorOf| Indicator {
            code: of.code.clone(),
            name: of.name.clone(),
            publisher: self.publisher.clone(),
            unit: of.unit.clone(),
            scale_low: of.scale_low,
            scale_high: of.scale_high,
            direction: of.direction,
            method: of.method.clone(),
            licence: self.licence.clone(),
            licence_url: self.licence_url.clone(),
            attribution: self.attribution.clone(),
            release: self.release.clone(),
            newer_release: String::new(),
            interval: of.interval.clone(),
            breaks: of.breaks.clone(),
            source_url: self.source_url.clone(),
        };
        self.indicators.iter().map(whole).collect()
    }
}
