//! One country's years: treaty actions above the axis, incidents below.

mod draw;

use jiff::civil::Date;
use serde_json::{Value, json};
use text::Text;

use crate::figure::{Figure, Kind, Width, mark_json};
use crate::input::{Counting, Country, Mark, MarkShape, TimelineInput, Until};
use crate::table::Cell;
use crate::words;

/// The input in order: marks sorted by when they began.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    country: Country,
    pub(crate) marks: Vec<Mark>,
    counting: Counting,
    today: Date,
}

/// The figure of a country's timeline.
pub fn timeline(input: TimelineInput) -> Figure {
    let text = input.text;
    let mut marks = input.marks;
    marks.sort_by_key(|mark| (mark.from, mark.shape == MarkShape::Incident));
    let country = Country { in_sentence: words::isolated(text, &input.country.in_sentence), ..input.country };
    let timeline = Timeline { country, marks, counting: input.counting, today: input.today };
    let country = ("country", (&timeline.country.in_sentence).into());
    Figure {
        title: text.with("chart-timeline-title", &[country]),
        sentence: timeline.sentence(text),
        provenance: input.provenance,
        text,
        width: Width::default(),
        kind: Kind::Timeline(timeline),
    }
}

impl Timeline {
    fn of(&self, shape: MarkShape) -> impl Iterator<Item = (usize, &Mark)> {
        let numbered = self.marks.iter().enumerate();
        numbered.filter(move |(_, mark)| mark.shape == shape)
    }

    fn sentence(&self, text: Text) -> String {
        if self.marks.is_empty() {
            let country = ("country", (&self.country.in_sentence).into());
            return text.with("chart-timeline-nothing", &[country]);
        }
        let part = |shape, key: &str| {
            let first = self.of(shape).map(|(_, mark)| mark.from).min();
            let last = self.of(shape).map(|(_, mark)| mark.from).max();
            let said =
                |bounds: Option<_>| bounds.map_or_else(String::new, |bounds| words::bounds(text, bounds));
            let args = [
                ("count", self.of(shape).count().into()),
                ("first", said(first).into()),
                ("last", said(last).into()),
            ];
            text.with(key, &args)
        };
        let actions = part(MarkShape::TreatyAction, "chart-timeline-actions");
        let mut incidents = part(MarkShape::Incident, "chart-timeline-incidents");
        let counted = self.of(MarkShape::Incident).next().is_some();
        if counted && self.counting == Counting::Examples {
            incidents = text.with("chart-examples", &[("sentence", incidents.into())]);
        }
        let args = [("actions", actions.into()), ("incidents", incidents.into())];
        text.with("chart-timeline-both", &args)
    }

    pub(crate) fn cells(&self, text: Text) -> (&'static [&'static str], Vec<Vec<Cell>>) {
        let heads = &[
            "iso3",
            "group",
            "kind",
            "label",
            "from_not_before",
            "from_not_after",
            "until_not_before",
            "until_not_after",
            "ongoing_on",
            "reference",
        ];
        let rows = self.marks.iter().map(|mark| {
            let (until, ongoing) = match mark.until {
                Until::Open => (None, None),
                Until::Ended(end) => (Some(end), None),
                Until::Ongoing(day) => (None, Some(day)),
            };
            let date = |day: Option<Date>| day.map_or(Cell::Empty, |it| Cell::text(it.to_string()));
            vec![
                Cell::text(&self.country.iso3),
                Cell::text(words::group(text, mark.shape)),
                Cell::text(&mark.kind),
                Cell::text(&mark.label),
                date(Some(mark.from.not_before)),
                date(Some(mark.from.not_after)),
                date(until.map(|it| it.not_before)),
                date(until.map(|it| it.not_after)),
                date(ongoing),
                mark.reference.as_ref().map_or(Cell::Empty, Cell::text),
            ]
        });
        (heads, rows.collect())
    }

    pub(crate) fn json(&self) -> Value {
        let marks = self.marks.iter().map(mark_json);
        json!({
            "schema": "figure/timeline/1",
            "country": { "iso3": self.country.iso3, "name": self.country.name },
            "counting": match self.counting {
                Counting::AllFound => "all found",
                Counting::Examples => "examples",
            },
            "until": self.today.to_string(),
            "marks": marks.collect::<Vec<_>>(),
        })
    }
}
