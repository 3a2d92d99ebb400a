//! A figure: one value that is drawn, tabled, written as CSV and JSON, and said.

use serde_json::{Value, json};
use text::Text;

use crate::indicator::Indicator;
use crate::input::{Mark, MarkShape, Provenance, Until};
use crate::palette::Theme;
use crate::png::{self, PngError};
use crate::sheet::{Drawing, Dress, Sheet, Surround};
use crate::table::{Table, csv};
use crate::timeline::Timeline;
use crate::words;

/// The width of a picture: 280 to 2000 pixels in steps of 20.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Width(u32);

impl Width {
    /// The nearest width that there is: steps of 20 are rounded down, what lies outside is brought in.
    pub fn of(pixels: u32) -> Width {
        Width(pixels.clamp(280, 2000) / 20 * 20)
    }

    /// In pixels.
    pub fn pixels(self) -> u32 {
        self.0
    }
}

impl Default for Width {
    fn default() -> Width {
        Width(720)
    }
}

/// What a chart shows. Made by [`crate::indicator`] and [`crate::timeline`]; every way of looking at
/// it comes from this one value.
#[derive(Clone, Debug)]
pub struct Figure {
    pub(crate) text: Text,
    pub(crate) title: String,
    pub(crate) sentence: String,
    pub(crate) provenance: Provenance,
    pub(crate) width: Width,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Indicator(Indicator),
    Timeline(Timeline),
}

/// Beyond this width a PNG is the drawing of half of it with twice the pixels, so that its texts can be read.
const WIDEST_AT_ONE: u32 = 1000;

impl Figure {
    /// The same figure, drawn that wide.
    #[must_use]
    pub fn at(mut self, width: Width) -> Figure {
        self.width = width;
        self
    }

    /// What it is about.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it shows, in one sentence computed from its numbers.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// Source, release, licence, edition, address: the lines under the picture.
    pub fn foot(&self) -> Vec<String> {
        let text = self.text;
        let it = &self.provenance;
        let source = match (&it.release, &it.newer_release) {
            (None, _) => text.with("chart-source", &[("publisher", (&it.publisher).into())]),
            (Some(release), None) => {
                let args = [("publisher", (&it.publisher).into()), ("release", release.into())];
                text.with("chart-source-release", &args)
            }
            (Some(release), Some(newer)) => {
                let args = [
                    ("publisher", (&it.publisher).into()),
                    ("release", release.into()),
                    ("newer", newer.into()),
                ];
                text.with("chart-source-newer", &args)
            }
        };
        let licence = text.with("chart-licence", &[("licence", (&it.licence).into())]);
        let edition = it.edition.map(|number| text.with("chart-edition", &[("number", number.into())]));
        let sentence = |parts: Vec<String>| {
            let ended = parts.into_iter().map(|part| {
                let whole = part.ends_with(['.', '!', '?']);
                if whole { part } else { format!("{part}.") }
            });
            ended.collect::<Vec<_>>().join(" ")
        };
        let mut explained = match &self.kind {
            Kind::Indicator(indicator) => indicator.explained(text),
            Kind::Timeline(timeline) => timeline.explained(text),
        };
        explained.extend(it.notes.iter().cloned());
        let mut lines = Vec::new();
        if !explained.is_empty() {
            lines.push(sentence(explained));
        }
        let mut source = vec![source, licence];
        source.extend(edition);
        lines.push(sentence(source));
        if !it.address.is_empty() {
            lines.push(it.address.clone());
        }
        lines
    }

    /// The picture.
    pub fn svg(&self, dress: Dress<'_>) -> String {
        self.drawing(dress).svg
    }

    /// The picture with its size.
    pub fn drawing(&self, dress: Dress<'_>) -> Drawing {
        let foot = self.foot();
        let around = Surround {
            kind: match self.kind {
                Kind::Indicator(_) => "indicator",
                Kind::Timeline(_) => "timeline",
            },
            title: &self.title,
            sentence: &self.sentence,
            foot: &foot,
            right_to_left: self.text.language().is_right_to_left(),
        };
        let mut sheet = Sheet::new(self.width.pixels(), dress, &around);
        match &self.kind {
            Kind::Indicator(indicator) => indicator.draw(self.text, &mut sheet),
            Kind::Timeline(timeline) => timeline.draw(self.text, &mut sheet, &self.sentence),
        }
        sheet.finish(dress, &around)
    }

    /// The picture as PNG, `width` pixels wide, on the colours of `theme`.
    ///
    /// # Errors
    /// If resvg cannot draw it, which would be a mistake in this crate.
    pub fn png(&self, width: Width, theme: Theme) -> Result<Vec<u8>, PngError> {
        // A PNG cannot ask its reader, and resvg knows no media queries.
        let theme = match theme {
            Theme::Auto | Theme::Light => Theme::Light,
            Theme::Dark => Theme::Dark,
        };
        let drawn = if width.pixels() > WIDEST_AT_ONE { Width::of(width.pixels() / 2) } else { width };
        let svg = self.clone().at(drawn).svg(Dress::Standalone { theme });
        png::png(&svg, width.pixels())
    }

    /// Its numbers, for people.
    pub fn table(&self) -> Table {
        match &self.kind {
            Kind::Indicator(indicator) => indicator.table(self.text, &self.title),
            Kind::Timeline(timeline) => marks_table(self.text, &self.title, &timeline.marks),
        }
    }

    /// The treaty actions and incidents it marks, where the table holds something else.
    pub fn marks_table(&self) -> Option<Table> {
        match &self.kind {
            Kind::Indicator(indicator) if !indicator.marks.is_empty() => {
                let caption = self
                    .text
                    .list_and(&[self.text.say("chart-lane-actions"), self.text.say("chart-lane-incidents")]);
                Some(marks_table(self.text, &caption, &indicator.marks))
            }
            _ => None,
        }
    }

    /// Its numbers, for machines; the comment lines say what they are and on which terms.
    pub fn csv(&self) -> String {
        let mut comments = vec![self.title.clone(), self.sentence.clone()];
        comments.extend(self.foot());
        let (heads, rows) = match &self.kind {
            Kind::Indicator(indicator) => {
                comments.extend(indicator.marks.iter().map(|mark| {
                    let group = words::group(self.text, mark.shape);
                    format!("{group}, {}", words::mark(self.text, mark))
                }));
                indicator.cells(self.text)
            }
            Kind::Timeline(timeline) => timeline.cells(self.text),
        };
        csv(&comments, heads, &rows)
    }

    /// Everything the picture shows.
    pub fn json(&self) -> Value {
        let mut value = match &self.kind {
            Kind::Indicator(indicator) => indicator.json(),
            Kind::Timeline(timeline) => timeline.json(),
        };
        let it = &self.provenance;
        value["title"] = json!(self.title);
        value["sentence"] = json!(self.sentence);
        value["language"] = json!(self.text.language().code());
        value["foot"] = json!(self.foot());
        value["source"] = json!({
            "publisher": it.publisher,
            "release": it.release,
            "newer_release": it.newer_release,
            "licence": it.licence,
            "address": it.address,
            "edition": it.edition,
            "notes": it.notes,
        });
        value
    }
}

/// A mark as JSON.
pub(crate) fn mark_json(mark: &Mark) -> Value {
    let shape = match mark.shape {
        MarkShape::TreatyAction => "treaty action",
        MarkShape::Incident => "incident",
    };
    let (until, ongoing) = match mark.until {
        Until::Open => (None, None),
        Until::Ended(end) => (Some(end), None),
        Until::Ongoing(day) => (None, Some(day.to_string())),
    };
    json!({
        "shape": shape,
        "kind": mark.kind,
        "label": mark.label,
        "short_label": mark.short_label,
        "from": {
            "not_before": mark.from.not_before.to_string(),
            "not_after": mark.from.not_after.to_string(),
        },
        "until": until.map(|end| json!({
            "not_before": end.not_before.to_string(),
            "not_after": end.not_after.to_string(),
        })),
        "ongoing_on": ongoing,
        "reference": mark.reference,
    })
}

/// Marks as a table, in their order.
fn marks_table(text: Text, caption: &str, marks: &[Mark]) -> Table {
    let heads = ["chart-head-when", "chart-head-group", "chart-head-kind", "chart-head-what"];
    let row = |mark: &Mark| {
        vec![words::when(text, mark), words::group(text, mark.shape), mark.kind.clone(), mark.label.clone()]
    };
    Table {
        caption: caption.to_owned(),
        heads: heads.map(|key| text.say(key)).to_vec(),
        numeric: vec![false; heads.len()],
        rows: marks.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_go_in_steps() {
        let of = |pixels| Width::of(pixels).pixels();
        assert_eq!([of(0), of(299), of(300), of(739), of(9999)], [280, 280, 300, 720, 2000]);
        assert_eq!(Width::default(), Width::of(720));
    }
}
