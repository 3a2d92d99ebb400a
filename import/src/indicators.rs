//! Indicators, their observations, and what sources of incidents cover: `data/indicators.csv`, `data/indicators/*.csv`,
//! `data/coverage.csv`.

use std::collections::BTreeMap;

use domain::country::{CountryCode, Gazetteer};
use domain::incident::Kind;
use domain::indicator::{Coverage, Direction, Extent, Indicator, Observation};
use domain::treaty::TreatySlug;
use domain::{PartialDate, Problem};

use crate::outcome::{FileReason, Outcome};
use crate::row::Row;
use crate::table::{FileError, read_rows};

/// The headings of `indicators.csv`.
pub const HEADINGS: &[&str] = &[
    "code",
    "name",
    "publisher",
    "unit",
    "scale_low",
    "scale_high",
    "direction",
    "method",
    "licence",
    "licence_url",
    "attribution",
    "release",
    "newer_release",
    "interval",
    "breaks",
    "source_url",
];
/// The headings of a file of observations.
pub const OBSERVATION_HEADINGS: &[&str] = &["country", "year", "value", "low", "high"];
/// The headings of `coverage.csv`.
pub const COVERAGE_HEADINGS: &[&str] = &["source", "countries", "kinds", "from", "to", "extent", "note"];

const DIRECTIONS: &[(&str, Direction)] = &[
    ("higher-is-freer", Direction::HigherIsFreer),
    ("higher-is-better", Direction::HigherIsBetter),
    ("lower-is-freer", Direction::LowerIsFreer),
];

/// Reads indicators. A code that stands in an earlier row is refused.
pub fn read(bytes: &[u8]) -> Result<Outcome<Indicator>, FileError> {
    let mut rows_of: BTreeMap<String, usize> = BTreeMap::new();
    read_rows(bytes, HEADINGS, |row| {
        let indicator = indicator(row)?;
        if let Some(first_row) = rows_of.get(&indicator.code) {
            row.refuse_file("code", FileReason::Duplicate { first_row: *first_row });
            return None;
        }
        rows_of.insert(indicator.code.clone(), row.number());
        Some(indicator)
    })
}

fn indicator(row: &mut Row<'_>) -> Option<Indicator> {
    // A code is a part of addresses and of a file's name: the same letters as a treaty's slug.
    let code: Option<TreatySlug> = row.value("code");
    let name = row.needed("name");
    let publisher = row.needed("publisher");
    let direction = row.word("direction", DIRECTIONS);
    let licence = row.needed("licence");
    let (scale_low, scale_high) = (row.number_or_none("scale_low"), row.number_or_none("scale_high"));
    if scale_low.zip(scale_high).is_some_and(|(low, high)| low >= high) {
        row.refuse_file("scale_high", FileReason::OutOfRange);
    }
    let interval = row.text("interval");
    Some(Indicator {
        unit: row.text("unit"),
        scale_low,
        scale_high,
        method: row.text("method"),
        licence_url: row.address("licence_url"),
        attribution: row.text("attribution"),
        release: row.text("release"),
        newer_release: row.text("newer_release"),
        interval: if interval == "not in the file at hand" { String::new() } else { interval },
        // Years alone mark breaks; whatever else the cell says is for readers of the file.
        breaks: row.items("breaks").iter().filter_map(|year| year.parse().ok()).collect(),
        source_url: row.address("source_url"),
        code: code?.to_string(),
        name: name?,
        publisher: publisher?,
        direction: direction?,
        licence: licence?,
    })
}

/// Reads the observations of one indicator. A missing value is refused, never read as zero; a country's second value for a year
/// is refused, as is a value outside the scale or its own interval.
pub fn observations(
    bytes: &[u8],
    indicator: &Indicator,
    countries: &Gazetteer,
) -> Result<Outcome<Observation>, FileError> {
    let mut rows_of = BTreeMap::new();
    read_rows(bytes, OBSERVATION_HEADINGS, |row| {
        let country = row.country("country", countries);
        observation(row, indicator, country, &mut rows_of)
    })
}

/// The rows in which a country's year stands already.
pub(crate) type RowsOf = BTreeMap<(CountryCode, i16), usize>;

/// One observation of a row.
pub(crate) fn observation(
    row: &mut Row<'_>,
    indicator: &Indicator,
    country: Option<CountryCode>,
    rows_of: &mut RowsOf,
) -> Option<Observation> {
    let year = row.needed("year").and_then(|_| row.whole::<i16>("year"));
    if year.is_some_and(|year| !(1800..=2200).contains(&year)) {
        row.refuse_file("year", FileReason::OutOfRange);
    }
    let value = row.needed("value").and_then(|_| row.number_or_none("value"));
    let (low, high) = (row.number_or_none("low"), row.number_or_none("high"));
    let observation = Observation { country: country?, year: year?, value: value?, low, high };
    let on_scale = |v: f64| {
        indicator.scale_low.is_none_or(|low| low <= v) && indicator.scale_high.is_none_or(|high| v <= high)
    };
    for (column, number) in [("value", Some(observation.value)), ("low", low), ("high", high)] {
        if number.is_some_and(|number| !on_scale(number)) {
            row.refuse_file(column, FileReason::OutOfRange);
        }
    }
    if low.is_some_and(|low| low > observation.value) || high.is_some_and(|high| high < observation.value) {
        row.refuse_file("value", FileReason::OutOfRange);
    }
    let key = (observation.country, observation.year);
    if let Some(first_row) = rows_of.get(&key) {
        row.refuse_file("year", FileReason::Duplicate { first_row: *first_row });
        return None;
    }
    rows_of.insert(key, row.number());
    Some(observation)
}

/// Reads what sources of incidents declare to cover.
pub fn coverage(bytes: &[u8], countries: &Gazetteer) -> Result<Outcome<Coverage>, FileError> {
    read_rows(bytes, COVERAGE_HEADINGS, |row| {
        let source = row.needed("source");
        let extent = row.word("extent", &[("all-found", Extent::AllFound), ("examples", Extent::Examples)]);
        let names = row.items("countries");
        let countries =
            names.iter().filter_map(|name| row.country_named("countries", name, countries)).collect();
        let from: Option<PartialDate> = row.value_or_none("from");
        let to: Option<PartialDate> = row.value_or_none("to");
        if from.zip(to).is_some_and(|(from, to)| to.last() < from.first()) {
            row.refuse("to", Problem::EndBeforeStart);
        }
        Some(Coverage {
            kinds: kinds(row),
            note: row.text("note"),
            countries,
            from,
            to,
            source: source?,
            extent: extent?,
        })
    })
}

fn kinds(row: &mut Row<'_>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for slug in row.items("kinds") {
        match slug.parse() {
            Ok(kind) => kinds.push(kind),
            Err(problem) => row.refuse("kinds", problem),
        }
    }
    kinds
}
