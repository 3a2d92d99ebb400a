//! Indicators: a series per country from a named publisher, with its unit, licence and release.

use serde::{Deserialize, Serialize};

use crate::country::CountryCode;

/// Which way is better, in the publisher's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Higher is freer.
    HigherIsFreer,
    /// Higher is better.
    HigherIsBetter,
    /// Lower is freer.
    LowerIsFreer,
}

/// An indicator of a publisher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its name in addresses.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its unit, in words.
    pub unit: String,
    /// The lowest value its scale has, if it has one.
    pub scale_low: Option<f64>,
    /// The highest.
    pub scale_high: Option<f64>,
    /// Which way is better.
    pub direction: Direction,
    /// How it is made, in one sentence.
    pub method: String,
    /// Its licence.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// How the publisher wants to be named.
    pub attribution: String,
    /// The publisher's release.
    pub release: String,
    /// A newer release that is known and not loaded.
    pub newer_release: String,
    /// What its interval is; empty where the file at hand gives none.
    pub interval: String,
    /// Years in which the series breaks.
    pub breaks: Vec<i16>,
    /// Where it comes from.
    pub source_url: String,
}

/// One value of one country in one year, with its interval where the publisher gives one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The country.
    pub country: CountryCode,
    /// The year.
    pub year: i16,
    /// The value.
    pub value: f64,
    /// The interval's lower bound.
    pub low: Option<f64>,
    /// The interval's upper bound.
    pub high: Option<f64>,
}

/// What a source of incidents declares to watch, and how fully.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Who declares it.
    pub source: String,
    /// Which countries; empty means none in particular.
    pub countries: Vec<CountryCode>,
    /// Which kinds of incident; empty means every kind.
    pub kinds: Vec<crate::incident::Kind>,
    /// From when.
    pub from: Option<crate::day::PartialDate>,
    /// To when.
    pub to: Option<crate::day::PartialDate>,
    /// Everything it found, or examples.
    pub extent: Extent,
    /// What a reader should know.
    pub note: String,
}

/// How fully a source covers what it watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Everything it found.
    AllFound,
    /// Examples: not a count.
    Examples,
}
