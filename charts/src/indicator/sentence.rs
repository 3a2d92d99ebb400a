//! Title and sentence of an indicator, computed from the same points as the picture.
//!
//! For one country the sentence tells the largest move from an earlier to a later year, as the
//! values are printed (two years that print the same are the same), and where it stood last. For
//! several it compares the latest year that all of them have.

use text::Text;

use super::{Indicator, interval};
use crate::input::{Point, Series};

/// What the picture is about.
pub(super) fn title(text: Text, it: &Indicator, names: &[String]) -> String {
    let countries = if names.len() > 3 {
        text.with("chart-title-many", &[("count", names.len().into())])
    } else {
        text.list_and(names)
    };
    let indicator = ("indicator", (&it.name).into());
    let countries = ("countries", countries.into());
    match it.data_years() {
        None => text.with("chart-title-plain", &[indicator, countries]),
        Some((first, last)) if first == last => {
            let args = [indicator, countries, ("year", year(first))];
            text.with("chart-title-one-year", &args)
        }
        Some((first, last)) => {
            let args = [indicator, countries, ("first", year(first)), ("last", year(last))];
            text.with("chart-title-one", &args)
        }
    }
}

/// What the picture shows.
pub(super) fn sentence(text: Text, it: &Indicator, names: &[String]) -> String {
    let words = match it.first() {
        None => {
            let args = [("indicator", (&it.name).into()), ("countries", text.list_or(names).into())];
            text.with("chart-no-value", &args)
        }
        Some(series) if it.series.len() == 1 || it.highlight.is_some() => of_one(text, it, series),
        Some(_) => compared(text, it),
    };
    if it.without.is_empty() || it.series.is_empty() {
        return words;
    }
    let args = [("sentence", words.into()), ("countries", text.list_or(&it.without).into())];
    text.with("chart-none-for", &args)
}

/// The move that a sentence about one country tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Move {
    pub(super) from: Point,
    pub(super) to: Point,
}

/// The largest move between two years, as printed with so many decimals; none if nothing moved.
///
/// Of equal highs and lows the latest begins the move and the earliest ends it, so that it is told
/// no longer than it was; of an equal fall and rise the later one is told.
pub(super) fn largest_move(points: &[Point], decimals: usize) -> Option<Move> {
    let fall = largest(points, |point| printed(point.value, decimals));
    let rise = largest(points, |point| -printed(point.value, decimals));
    let size = |it: &Move| (printed(it.from.value, decimals) - printed(it.to.value, decimals)).abs();
    match (fall, rise) {
        (Some(fall), Some(rise)) => {
            let (down, up) = (size(&fall), size(&rise));
            let later = rise.to.year > fall.to.year;
            let even = (down - up).abs() < 1e-9;
            Some(if (even && later) || (!even && up > down) { rise } else { fall })
        }
        (fall, rise) => fall.or(rise),
    }
}

/// A value as it is printed.
fn printed(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// The largest fall of `height`.
fn largest(points: &[Point], height: impl Fn(&Point) -> f64) -> Option<Move> {
    let mut top = *points.first()?;
    let mut found: Option<(f64, Move)> = None;
    for point in points {
        let drop = height(&top) - height(point);
        if drop > found.map_or(0.0, |(most, _)| most) + 1e-9 {
            found = Some((drop, Move { from: top, to: *point }));
        }
        if height(point) >= height(&top) {
            top = *point;
        }
    }
    found.map(|(_, it)| it)
}

fn of_one(text: Text, it: &Indicator, series: &Series) -> String {
    let points = &series.points;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return String::new();
    };
    let number = |value: f64| text.number(value, it.decimals).into();
    let indicator = ("indicator", (&it.name).into());
    let country = ("country", (&series.country.in_sentence).into());
    if first.year == last.year {
        let args = [indicator, country, ("value", number(first.value)), ("year", year(first.year))];
        return text.with("chart-one-value", &args);
    }
    let Some(moved) = largest_move(points, it.decimals) else {
        let args = [
            indicator,
            country,
            ("value", number(last.value)),
            ("first", year(first.year)),
            ("last", year(last.year)),
        ];
        return text.with("chart-stayed", &args);
    };
    if is_small(it, moved) {
        let values = || points.iter().map(|point| point.value);
        let args = [
            indicator,
            country,
            ("low", number(values().fold(f64::INFINITY, f64::min))),
            ("high", number(values().fold(f64::NEG_INFINITY, f64::max))),
            ("first", year(first.year)),
            ("last", year(last.year)),
        ];
        return text.with("chart-moved-within", &args);
    }
    let key = if moved.to.value < moved.from.value { "chart-fell" } else { "chart-rose" };
    let args = [
        indicator,
        country,
        ("from", number(moved.from.value)),
        ("from-year", year(moved.from.year)),
        ("to", number(moved.to.value)),
        ("to-year", year(moved.to.year)),
    ];
    let mut words = text.with(key, &args);
    if overlap(moved) {
        let args = [
            ("sentence", words.into()),
            ("from-year", year(moved.from.year)),
            ("to-year", year(moved.to.year)),
        ];
        words = text.with("chart-intervals-overlap", &args);
    }
    if moved.to.year == last.year {
        return words;
    }
    let args = [("move", words.into()), ("value", number(last.value)), ("year", year(last.year))];
    text.with("chart-then-stood", &args)
}

/// Less than a fiftieth of the scale: too little to be called a fall or a rise.
fn is_small(it: &Indicator, moved: Move) -> bool {
    it.scale.is_some_and(|(low, high)| (moved.from.value - moved.to.value).abs() < (high - low) / 50.0)
}

fn overlap(moved: Move) -> bool {
    let intervals = interval(&moved.from).zip(interval(&moved.to));
    intervals.is_some_and(|((low, high), (other_low, other_high))| low <= other_high && other_low <= high)
}

fn compared(text: Text, it: &Indicator) -> String {
    let has = |series: &Series, year: i16| {
        let at = series.points.binary_search_by_key(&year, |it| it.year);
        at.ok().map(|at| series.points[at].value)
    };
    let years = it.series[0].points.iter().rev().map(|point| point.year);
    let common = years.into_iter().find(|year| it.series.iter().all(|series| has(series, *year).is_some()));
    let indicator = ("indicator", (&it.name).into());
    let Some(common) = common else {
        let names: Vec<String> = it.series.iter().map(|series| series.country.in_sentence.clone()).collect();
        let args = [indicator, ("countries", text.list_and(&names).into())];
        return text.with("chart-no-common-year", &args);
    };
    let mut standing: Vec<(String, &str)> = Vec::new();
    let mut values: Vec<f64> = Vec::new();
    for series in &it.series {
        if let Some(value) = has(series, common) {
            standing.push((text.number(value, it.decimals), &series.country.in_sentence));
            values.push(printed(value, it.decimals));
        }
    }
    let at = |wanted: f64| -> (String, String) {
        let same = || values.iter().zip(&standing).filter(|(value, _)| (**value - wanted).abs() < 1e-12);
        let names: Vec<String> = same().map(|(_, (_, name))| (*name).to_owned()).collect();
        let shown = same().map(|(_, (shown, _))| shown.clone()).next();
        (text.list_and(&names), shown.unwrap_or_default())
    };
    let (highest, high) = at(values.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    let (lowest, low) = at(values.iter().copied().fold(f64::INFINITY, f64::min));
    let count = ("count", it.series.len().into());
    if high == low {
        let args = [indicator, count, ("year", year(common)), ("value", high.into())];
        return text.with("chart-compared-same", &args);
    }
    let args = [
        indicator,
        count,
        ("year", year(common)),
        ("highest", highest.into()),
        ("high", high.into()),
        ("lowest", lowest.into()),
        ("low", low.into()),
    ];
    text.with("chart-compared", &args)
}

fn year(year: i16) -> text::Arg<'static> {
    i64::from(year).into()
}

#[cfg(test)]
mod tests {
    use crate::input::{Country, IndicatorInput, Point, Provenance, Series};
    use text::{Language, Text};

    fn said(values: &[(i16, f64)], spread: Option<f64>) -> String {
        let points = values.iter().map(|(year, value)| Point {
            year: *year,
            value: *value,
            low: spread.map(|it| value - it),
            high: spread.map(|it| value + it),
        });
        let series = Series { country: Country::new("BRA", "Brazil"), points: points.collect() };
        let figure = crate::indicator(IndicatorInput {
            text: Text::new(Language::English),
            code: "freedom".to_owned(),
            name: "Freedom of expression".to_owned(),
            unit: "index".to_owned(),
            direction: "higher is freer".to_owned(),
            decimals: 2,
            scale: Some((0.0, 1.0)),
            series: vec![series],
            highlight: None,
            breaks: Vec::new(),
            marks: Vec::new(),
            first_year: None,
            last_year: None,
            provenance: Provenance::default(),
        });
        figure.sentence().to_owned()
    }

    #[test]
    fn a_fall_and_what_came_after_are_told() {
        let values = [(2004, 0.934), (2015, 0.931), (2016, 0.9), (2021, 0.68), (2023, 0.89)];
        assert_eq!(
            said(&values, None),
            "Freedom of expression in Brazil fell from 0.93 in 2015 to 0.68 in 2021 and stood at 0.89 in 2023"
        );
    }

    #[test]
    fn a_rise_to_the_last_year_ends_there() {
        assert_eq!(
            said(&[(2000, 0.2), (2010, 0.6)], None),
            "Freedom of expression in Brazil rose from 0.20 in 2000 to 0.60 in 2010"
        );
    }

    #[test]
    fn what_hardly_moved_is_neither_rise_nor_fall() {
        assert_eq!(
            said(&[(2000, 0.5), (2001, 0.51)], None),
            "Freedom of expression in Brazil moved between 0.50 and 0.51 from 2000 to 2001"
        );
        assert_eq!(
            said(&[(2000, 0.501), (2001, 0.5)], None),
            "Freedom of expression in Brazil stayed at 0.50 from 2000 to 2001"
        );
        assert_eq!(
            said(&[(2000, 0.5)], None),
            "Freedom of expression in Brazil stood at 0.50 in 2000, the only year available"
        );
    }

    #[test]
    fn intervals_that_overlap_are_named() {
        assert!(
            said(&[(2000, 0.5), (2001, 0.6)], Some(0.08))
                .ends_with("(the uncertainty intervals of 2000 and 2001 overlap)")
        );
        assert!(!said(&[(2000, 0.5), (2001, 0.6)], Some(0.02)).contains("overlap"));
    }
}
