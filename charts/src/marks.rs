//! How treaty actions and incidents look on a time axis.
//!
//! A treaty action is a diamond, an incident a disc; hollow with a bracket when the day is not known
//! exactly; a bar as long as it surely lasted; an arrow when it was still going on when last
//! reported. The title of each mark says it whole.

use text::Text;

use crate::canvas::pixels;
use crate::input::{Mark, MarkShape, Until};
use crate::lanes::{Lane, Placed, TimeAxis};
use crate::palette::Ink;
use crate::sheet::{Anchor, Sheet, Type, escaped};
use crate::words;

/// The type that marks are named in.
pub(crate) const LABEL: Type = Type::PLAIN;

/// The ink of a mark.
pub(crate) fn ink(shape: MarkShape) -> Ink {
    match shape {
        MarkShape::TreatyAction => Ink::Action,
        MarkShape::Incident => Ink::Incident,
    }
}

/// Draws a lane whose row `n` has its middle at `middle(n)`.
pub(crate) fn draw(
    sheet: &mut Sheet,
    text: Text,
    marks: &[Mark],
    lane: &Lane,
    axis: &TimeAxis,
    middle: impl Fn(usize) -> f64,
) {
    for placed in &lane.placed {
        let mark = &marks[placed.mark];
        let y = middle(placed.row);
        let mut shapes = format!("<title>{}</title>", escaped(&words::mark(text, mark)));
        shapes.push_str(&reach(placed, axis, y));
        if placed.bracket.is_some() {
            // What lies under a hollow mark must not shine through.
            let under = outline(mark.shape, (placed.x, y), 1.0);
            shapes.push_str(&format!("<g class=\"ground\">{}</g>", pixels().polygon(&under)));
            let mut around = under;
            around.push(around[0]);
            shapes.push_str(&pixels().line(&around, 1.5));
        } else if mark.shape == MarkShape::Incident {
            shapes.push_str(&pixels().disc((placed.x, y), 4.5));
        } else {
            shapes.push_str(&pixels().polygon(&outline(mark.shape, (placed.x, y), 1.1)));
        }
        sheet.shapes(ink(mark.shape), "", &shapes);
        if let Some((label, begin)) = &placed.label {
            // Readers' own type may be wider than the one measured: what is more grows away from the mark.
            if *begin < placed.x {
                let end = *begin + LABEL.width(label);
                sheet.text((end, y + 4.0), label, LABEL.anchor(Anchor::End).halo());
            } else {
                sheet.text((*begin, y + 4.0), label, LABEL.halo());
            }
        }
    }
}

/// The heading of a lane, with what it does not show or name.
pub(crate) fn heading(text: Text, shape: MarkShape, lane: &Lane, outside: usize) -> String {
    let name = text.say(match shape {
        MarkShape::TreatyAction => "chart-lane-actions",
        MarkShape::Incident => "chart-lane-incidents",
    });
    let name = if lane.unnamed == 0 {
        name
    } else {
        let named = lane.placed.len() - lane.unnamed;
        let args = [("lane", name.into()), ("named", named.into()), ("more", lane.unnamed.into())];
        text.with("chart-lane-more", &args)
    };
    if outside == 0 {
        return name;
    }
    let args = [("lane", name.into()), ("count", outside.into())];
    text.with("chart-lane-outside", &args)
}

/// What the foot must explain about the marks shown.
pub(crate) fn legend<'a>(text: Text, shown: impl Iterator<Item = &'a Mark> + Clone) -> Vec<String> {
    let mut lines = Vec::new();
    if shown.clone().any(|mark| !mark.from.is_exact()) {
        lines.push(text.say("chart-foot-imprecise"));
    }
    if shown.clone().any(|mark| matches!(mark.until, Until::Ongoing(_))) {
        lines.push(text.say("chart-foot-ongoing"));
    }
    lines
}

/// Bracket, bar and arrow.
fn reach(placed: &Placed, axis: &TimeAxis, y: f64) -> String {
    let mut out = String::new();
    if let Some((from, to)) = placed.lasted {
        let bar = [(from, y - 2.5), (to, y - 2.5), (to, y + 2.5), (from, y + 2.5)];
        out.push_str(&pixels().polygon(&bar));
    }
    if let Some((from, to)) = placed.bracket {
        let bracket = [(from, y - 3.0), (from, y + 3.0), (from, y), (to, y), (to, y - 3.0), (to, y + 3.0)];
        out.push_str(&pixels().line(&bracket, 1.25));
    }
    if let Some(from) = placed.ongoing {
        let tip = axis.right + 5.0;
        let shaft = pixels().line(&[(from, y), (tip, y)], 1.5);
        out.push_str(&format!("<g stroke-dasharray=\"12 8\">{shaft}</g>"));
        let head = [(tip - 5.0, y - 4.0), (tip, y), (tip - 5.0, y + 4.0)];
        out.push_str(&pixels().line(&head, 1.5));
    }
    out
}

/// The outline of a mark's shape.
fn outline(shape: MarkShape, (x, y): (f64, f64), scale: f64) -> Vec<(f64, f64)> {
    match shape {
        MarkShape::TreatyAction => {
            let r = 5.0 * scale;
            vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
        }
        MarkShape::Incident => (0..12)
            .map(|step| {
                let turn = f64::from(step) * std::f64::consts::TAU / 12.0;
                (x + 4.25 * scale * turn.cos(), y + 4.25 * scale * turn.sin())
            })
            .collect(),
    }
}
