//! An indicator over the years, for one country or several, with what happened beside it.

mod draw;
mod sentence;

use serde_json::{Value, json};
use text::Text;

use crate::figure::{Figure, Kind, Width, mark_json};
use crate::input::{Break, IndicatorInput, Mark, Point, Series};
use crate::palette::SERIES;
use crate::table::{Cell, Table};
use crate::words::isolated;

/// The input in order: points sorted and finite, each country and year once, only the years shown.
#[derive(Clone, Debug)]
pub(crate) struct Indicator {
    code: String,
    name: String,
    unit: String,
    direction: String,
    decimals: usize,
    scale: Option<(f64, f64)>,
    /// Countries that have a value, in the caller's order.
    series: Vec<Series>,
    /// The names of those that have none.
    without: Vec<String>,
    /// Which of `series` stands out among grey.
    highlight: Option<usize>,
    breaks: Vec<Break>,
    pub(crate) marks: Vec<Mark>,
    /// The years on the axis, if there is anything to put on one.
    years: Option<(i16, i16)>,
}

/// The figure of an indicator.
pub fn indicator(mut input: IndicatorInput) -> Figure {
    let text = input.text;
    for series in &mut input.series {
        let name = &mut series.country.in_sentence;
        *name = isolated(text, name);
    }
    let provenance = input.provenance.clone();
    let names: Vec<String> = input.series.iter().map(|series| series.country.in_sentence.clone()).collect();
    let indicator = Indicator::new(input);
    let sentence = sentence::sentence(text, &indicator, &names);
    Figure {
        title: sentence::title(text, &indicator, &names),
        sentence,
        provenance,
        text,
        width: Width::default(),
        kind: Kind::Indicator(indicator),
    }
}

/// From which of more than [`SERIES`] lines one stands out among grey.
const MOST_TOLD_APART: usize = SERIES;

impl Indicator {
    fn new(input: IndicatorInput) -> Indicator {
        let shown = |year: i16| {
            input.first_year.is_none_or(|first| year >= first)
                && input.last_year.is_none_or(|last| year <= last)
        };
        let mut series: Vec<Series> = Vec::new();
        let mut without = Vec::new();
        for mut one in input.series {
            if series.iter().any(|it| it.country.iso3 == one.country.iso3) {
                continue;
            }
            one.points.retain(|point| shown(point.year) && point.value.is_finite());
            for point in &mut one.points {
                point.low = point.low.filter(|low| low.is_finite());
                point.high = point.high.filter(|high| high.is_finite());
            }
            one.points.sort_by_key(|point| point.year);
            one.points.dedup_by_key(|point| point.year);
            if one.points.is_empty() {
                without.push(one.country.in_sentence);
            } else {
                series.push(one);
            }
        }
        let asked = input.highlight.and_then(|iso3| series.iter().position(|it| it.country.iso3 == iso3));
        let highlight = asked.or((series.len() > MOST_TOLD_APART).then_some(0));
        // One line alone has nothing to stand out among.
        let highlight = highlight.filter(|_| series.len() > 1);
        let years = years(&series, &input.marks, input.first_year, input.last_year);
        let mut breaks = input.breaks;
        breaks.retain(|it| years.is_some_and(|(first, last)| it.year > first && it.year <= last));
        breaks.sort_by_key(|it| it.year);
        Indicator {
            code: input.code,
            name: input.name,
            unit: input.unit,
            direction: input.direction,
            decimals: input.decimals,
            scale: input.scale.filter(|(low, high)| low < high),
            series,
            without,
            highlight,
            breaks,
            marks: input.marks,
            years,
        }
    }

    /// The series that a sentence about one country is about.
    fn first(&self) -> Option<&Series> {
        self.series.get(self.highlight.unwrap_or(0))
    }

    /// The years that have a value, first and last of all countries.
    fn data_years(&self) -> Option<(i16, i16)> {
        let all = || self.series.iter().flat_map(|it| &it.points);
        let first = all().map(|point| point.year).min()?;
        let last = all().map(|point| point.year).max()?;
        Some((first, last))
    }

    fn has_intervals(&self) -> bool {
        let mut points = self.series.iter().flat_map(|it| &it.points);
        points.any(|point| interval(point).is_some())
    }

    /// Whether the interval of a series is drawn: bands of many lines cover each other.
    fn draws_interval(&self, at: usize) -> bool {
        match self.highlight {
            Some(highlight) => highlight == at,
            None => self.series.len() <= 3,
        }
    }

    /// What the foot must explain about this picture.
    pub(crate) fn explained(&self, text: Text) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.series.is_empty() {
            lines.push(text.say(if !self.has_intervals() {
                "chart-foot-no-interval"
            } else if (0..self.series.len()).any(|at| self.draws_interval(at)) {
                "chart-foot-intervals"
            } else {
                "chart-foot-intervals-in-table"
            }));
        }
        let grey = self.series.len().saturating_sub(1);
        if self.series.len() > MOST_TOLD_APART {
            lines.push(text.with("chart-others-grey", &[("count", grey.into())]));
        }
        lines.extend(self.legend(text));
        lines
    }

    pub(crate) fn table(&self, text: Text, title: &str) -> Table {
        let many = self.series.len() > 1;
        let value = text.with("chart-head-value", &[("unit", (&self.unit).into())]);
        let mut heads = vec![
            text.say("chart-head-year"),
            value,
            text.say("chart-head-low"),
            text.say("chart-head-high"),
            text.say("chart-head-note"),
        ];
        let mut numeric = vec![false, true, true, true, false];
        if many {
            heads.insert(0, text.say("chart-head-country"));
            numeric.insert(0, false);
        }
        let not_given = text.say("chart-not-given");
        let rows = self.rows(text).into_iter().map(|row| {
            let number = |value: Option<f64>| value.map(|it| text.number(it, self.decimals));
            let bound = |value| match row.point {
                Some(_) => number(value).unwrap_or_else(|| not_given.clone()),
                None => String::new(),
            };
            let mut cells = vec![
                row.year.to_string(),
                number(row.point.map(|it| it.value)).unwrap_or_else(|| text.say("chart-not-available")),
                bound(row.point.and_then(|it| it.low)),
                bound(row.point.and_then(|it| it.high)),
                row.note,
            ];
            if many {
                cells.insert(0, row.series.country.name.clone());
            }
            cells
        });
        Table { caption: title.to_owned(), rows: rows.collect(), heads, numeric }
    }

    pub(crate) fn cells(&self, text: Text) -> (&'static [&'static str], Vec<Vec<Cell>>) {
        let heads = &["iso3", "country", "indicator", "year", "value", "low", "high", "note"];
        let rows = self.rows(text).into_iter().map(|row| {
            vec![
                Cell::text(&row.series.country.iso3),
                Cell::text(&row.series.country.name),
                Cell::text(&self.code),
                Cell::Number(f64::from(row.year)),
                Cell::maybe(row.point.map(|it| it.value)),
                Cell::maybe(row.point.and_then(|it| it.low)),
                Cell::maybe(row.point.and_then(|it| it.high)),
                Cell::text(row.note),
            ]
        });
        (heads, rows.collect())
    }

    pub(crate) fn json(&self) -> Value {
        let series = self.series.iter().enumerate().map(|(at, series)| {
            let point = |point: &Point| {
                json!({
                    "year": point.year, "value": point.value, "low": point.low, "high": point.high,
                })
            };
            json!({
                "iso3": series.country.iso3,
                "name": series.country.name,
                "highlighted": self.highlight == Some(at),
                "points": series.points.iter().map(point).collect::<Vec<_>>(),
            })
        });
        let breaks = self.breaks.iter().map(|it| json!({ "year": it.year, "name": it.name }));
        let marks = self.marks.iter().map(mark_json);
        json!({
            "schema": "figure/indicator/1",
            "indicator": {
                "code": self.code,
                "name": self.name,
                "unit": self.unit,
                "direction": self.direction,
                "decimals": self.decimals,
                "scale": self.scale,
            },
            "years": self.years,
            "countries": series.collect::<Vec<_>>(),
            "without_value": self.without,
            "breaks": breaks.collect::<Vec<_>>(),
            "marks": marks.collect::<Vec<_>>(),
        })
    }

    /// Every country and year, those without a value too.
    fn rows(&self, text: Text) -> Vec<Row<'_>> {
        let Some((first, last)) = self.data_years() else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for series in &self.series {
            for year in first..=last {
                let at = series.points.binary_search_by_key(&year, |it| it.year);
                let note = self
                    .breaks
                    .iter()
                    .find(|it| it.year == year)
                    .map(|it| text.with("chart-break-here", &[("name", (&it.name).into())]));
                rows.push(Row {
                    series,
                    year,
                    point: at.ok().map(|at| series.points[at]),
                    note: note.unwrap_or_default(),
                });
            }
        }
        rows
    }
}

/// The interval of a point, if it has both bounds.
fn interval(point: &Point) -> Option<(f64, f64)> {
    point.low.zip(point.high)
}

struct Row<'a> {
    series: &'a Series,
    year: i16,
    point: Option<Point>,
    note: String,
}

/// The years on the axis: those of the data, and on to the latest mark.
///
/// Marks before the data do not stretch the axis; a ratification of 1966 would press the rest
/// into a corner. Without data the marks make the axis.
fn years(series: &[Series], marks: &[Mark], first: Option<i16>, last: Option<i16>) -> Option<(i16, i16)> {
    let data = || series.iter().flat_map(|it| &it.points).map(|it| it.year);
    let begun = || marks.iter().map(|mark| mark.from.not_before.year());
    let from = first.or_else(|| data().min().or_else(|| begun().min()))?;
    let to = last.or_else(|| data().chain(begun()).max())?;
    // One year alone stands in the middle of five.
    let (from, to) = if to <= from && first.is_none() && last.is_none() {
        (from - 2, from + 2)
    } else {
        (from, to.max(from))
    };
    Some((from, to))
}

/// A year on the axis: values of a year stand in its middle.
fn middle(year: i16) -> f64 {
    f64::from(year) + 0.5
}
