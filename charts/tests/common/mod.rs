//! Figures for the tests.

use charts::{
    Bounds, Counting, Country, IndicatorInput, Mark, MarkShape, Point, Provenance, Series, TimelineInput,
    Until,
};
use jiff::civil::{Date, date};
use text::{Language, Text};

pub(crate) fn series(iso3: &str, name: &str, points: Vec<Point>) -> Series {
    Series { country: Country::new(iso3, name), points }
}

pub(crate) fn input(series: Vec<Series>) -> IndicatorInput {
    IndicatorInput {
        text: Text::new(Language::English),
        code: "freedom".to_owned(),
        name: "Freedom of expression".to_owned(),
        unit: "index".to_owned(),
        direction: "higher is freer".to_owned(),
        decimals: 2,
        scale: Some((0.0, 1.0)),
        series,
        highlight: None,
        breaks: Vec::new(),
        marks: Vec::new(),
        first_year: None,
        last_year: None,
        provenance: provenance(),
    }
}

pub(crate) fn timeline(marks: Vec<Mark>) -> TimelineInput {
    TimelineInput {
        text: Text::new(Language::English),
        country: Country::new("BRA", "Brazil"),
        marks,
        counting: Counting::Examples,
        today: date(2026, 11, 23),
        provenance: provenance(),
    }
}

pub(crate) fn provenance() -> Provenance {
    Provenance {
        publisher: "Publisher".to_owned(),
        release: Some("version 13".to_owned()),
        newer_release: None,
        licence: "CC BY-SA 4.0".to_owned(),
        address: "http://localhost:3000/charts/indicator.svg".to_owned(),
        edition: Some(12),
        notes: Vec::new(),
    }
}

pub(crate) fn mark(shape: MarkShape, day: Date, label: &str) -> Mark {
    Mark {
        shape,
        from: Bounds::day(day),
        until: Until::Open,
        label: label.to_owned(),
        short_label: label.chars().take(12).collect(),
        kind: "kind".to_owned(),
        reference: None,
    }
}
