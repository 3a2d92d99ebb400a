//! How one of our columns is made of cells of theirs.

use std::collections::BTreeMap;

use regex::Regex;
use serde::{Deserialize, Deserializer};

/// A regular expression, read when the mapping is.
#[derive(Clone, Debug)]
pub struct Pattern(pub Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Regex::new(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

/// One of our columns. Its text is the first of these that gives one: `cases`, `templates`, `from`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Our heading.
    pub to: String,
    /// Their headings: the first whose cell is not empty; all of them where `join` is given.
    #[serde(default)]
    pub from: Vec<String>,
    /// What stands between the cells of several columns.
    pub join: Option<String>,
    /// Texts with cells in them (`"{area_name}, {country}"`): the first none of whose cells is empty.
    #[serde(default)]
    pub templates: Vec<String>,
    /// The first whose cells fit.
    #[serde(default)]
    pub cases: Vec<Case>,
    /// Only for rows whose cells hold any of these words.
    #[serde(default)]
    pub when: BTreeMap<String, Vec<String>>,
    /// Not for rows whose cells hold any of these words.
    #[serde(default)]
    pub unless: BTreeMap<String, Vec<String>>,
    /// What of the cell is taken: the group `value`, or all that fits. What does not fit is refused.
    pub pattern: Option<Pattern>,
    /// Everything in the cell that fits is an item of a list: the group `value`, or all of it.
    pub all: Option<Pattern>,
    /// How dates are written (`%d %b %Y`), besides ISO 8601.
    #[serde(default)]
    pub dates: Vec<String>,
    /// What stands between the items of a list in one cell.
    pub split: Option<Pattern>,
    /// What their words are in ours; compared without regard to case, marks and blanks.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// What becomes of a word without a code.
    #[serde(default)]
    pub otherwise: Otherwise,
    /// What stands there where nothing else does.
    #[serde(default)]
    pub empty: String,
}

/// What becomes of a word without a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// It is refused.
    #[default]
    Refuse,
    /// It is taken as it is.
    Keep,
    /// It is passed over.
    Drop,
}

/// A text for rows whose cells are these.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Their headings, and what their cells hold: any of the words given.
    #[serde(default)]
    pub when: BTreeMap<String, Vec<String>>,
    /// The text.
    pub is: String,
}

/// A column of theirs that says yes or no to one item of a list of ours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Our heading.
    pub to: String,
    /// The item.
    pub item: String,
    /// Their heading.
    pub from: String,
    /// What means yes.
    pub yes: Vec<String>,
}

/// A column of theirs that makes a row of its own of each cell that is not empty.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unfold {
    /// Their heading.
    pub from: Option<String>,
    /// Which headings, where there are several: its named groups become columns of ours (`(?<year>\d{4})`).
    pub headings: Option<Pattern>,
    /// Our heading for the cell.
    pub to: String,
    /// Our columns that are the same for all of them.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Our columns that stand in another column of theirs, named with the groups: `"{year} / Lower"`.
    #[serde(default)]
    pub beside: BTreeMap<String, String>,
}
