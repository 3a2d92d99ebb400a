//! The picture of a timeline.

use text::Text;

use super::Timeline;
use crate::axis;
use crate::canvas::pixels;
use crate::input::MarkShape;
use crate::lanes::{Lane, TimeAxis};
use crate::marks;
use crate::palette::Ink;
use crate::sheet::{Anchor, Sheet, Type};

const ROW: f64 = 20.0;
/// Between the axis and the rows on either side; the years stand in the lower one.
const ABOVE: f64 = 14.0;
const BELOW: f64 = 34.0;

impl Timeline {
    /// Draws everything between heading and foot.
    pub(crate) fn draw(&self, text: Text, sheet: &mut Sheet, sentence: &str) {
        let Some(axis) = self.axis(sheet.width, sheet.margin) else {
            sheet.y += 24.0;
            sheet.paragraph(sentence, Type::QUIET.size(14.0), 20.0, 4, false);
            sheet.y += 20.0;
            return;
        };
        let [actions, incidents] = self.lanes(&axis);
        let heading = Type::QUIET.size(11.0).bold().halo();
        let shape = MarkShape::TreatyAction;
        sheet.paragraph(&marks::heading(text, shape, &actions, 0), heading, 16.0, 2, false);
        let base = sheet.y + 6.0 + ROW * actions.rows as f64 + ABOVE;
        let above = |row: usize| base - ABOVE - ROW * row as f64 - ROW / 2.0;
        let below = |row: usize| base + BELOW + ROW * row as f64;

        let stems =
            [(&actions, Ink::Action, &above as &dyn Fn(usize) -> f64), (&incidents, Ink::Incident, &below)];
        for (lane, ink, middle) in stems {
            let mut lines = String::new();
            for placed in &lane.placed {
                let ends = [(placed.x, base), (placed.x, middle(placed.row))];
                lines.push_str(&pixels().line(&ends, 1.0));
            }
            let opacity = if lane.placed.len() > 12 { ".3" } else { ".5" };
            sheet.shapes(ink, &format!("stroke-opacity=\"{opacity}\""), &lines);
        }
        years(sheet, &axis, base);
        marks::draw(sheet, text, &self.marks, &actions, &axis, above);
        marks::draw(sheet, text, &self.marks, &incidents, &axis, below);
        sheet.y = base + BELOW - ROW / 2.0 + ROW * incidents.rows as f64 + 2.0;
        let shape = MarkShape::Incident;
        sheet.paragraph(&marks::heading(text, shape, &incidents, 0), heading, 16.0, 2, false);
    }

    /// What the foot must explain about this picture.
    pub(crate) fn explained(&self, text: Text) -> Vec<String> {
        marks::legend(text, self.marks.iter())
    }

    fn lanes(&self, axis: &TimeAxis) -> [Lane; 2] {
        // A narrow sheet has fewer names in a row and takes more rows.
        let most = if axis.edge < 520.0 { 12 } else { 9 };
        [MarkShape::TreatyAction, MarkShape::Incident].map(|shape| {
            let listed: Vec<_> = self.of(shape).collect();
            Lane::new(&listed, axis, most, marks::LABEL)
        })
    }

    /// From the year of the first mark to the day that the record reaches to.
    fn axis(&self, width: f64, margin: f64) -> Option<TimeAxis> {
        let first = self.marks.iter().map(|mark| mark.from.not_before).min()?;
        let latest = self.marks.iter().map(|mark| mark.from.not_after).max()?;
        Some(TimeAxis {
            left: margin + 8.0,
            right: width - margin - 12.0,
            edge: width - margin,
            first: f64::from(first.year()),
            last: axis::day_end(self.today.max(latest)).max(f64::from(first.year()) + 1.0),
        })
    }
}

fn years(sheet: &mut Sheet, axis: &TimeAxis, base: f64) {
    let mut lines = pixels().line(&[(axis.left, base), (axis.right, base)], 1.5);
    let most = ((axis.right - axis.left) / 48.0).max(2.0) as usize;
    for year in axis::years(axis.first as i16, axis.last as i16, most) {
        let x = axis.x(f64::from(year));
        lines.push_str(&pixels().line(&[(x, base), (x, base + 5.0)], 1.0));
        let half = Type::QUIET.width("0000") / 2.0;
        let x = x.clamp(axis.left - 8.0 + half, axis.edge - half);
        let style = Type::QUIET.anchor(Anchor::Middle).halo();
        sheet.text((x, base + 18.0), &year.to_string(), style);
    }
    sheet.shapes(Ink::Axis, "", &lines);
}
