//! Marks along a time axis: which row each stands in, and which can be named.
//!
//! *Problem.* Forty labels do not fit beside forty marks. *Choice.* Each mark takes
//! the row nearest to the axis where its shape and label are free and, if there is one, where no stem
//! crosses a label; names are shortened before they are left out; a mark that cannot be named still
//! stands, in a last row of its own, and the lane says how many these are. *Invariant.* No label covers a label or a shape.

use jiff::civil::Date;

use crate::axis;
use crate::input::{Mark, Until};
use crate::sheet::Type;

/// Half of a mark's shape, and the room around a label.
const HALF: f64 = 6.0;
const GAP: f64 = 4.0;

/// A mark in its place, in pixels across.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// Its number in the list handed over.
    pub(crate) mark: usize,
    /// Its row, counted from the axis.
    pub(crate) row: usize,
    /// Where its shape stands.
    pub(crate) x: f64,
    /// Its name and where that begins.
    pub(crate) label: Option<(String, f64)>,
    /// The first and last day on which it began, if not known to the day.
    pub(crate) bracket: Option<(f64, f64)>,
    /// How long it surely lasted.
    pub(crate) lasted: Option<(f64, f64)>,
    /// From where on it is not known to have ended.
    pub(crate) ongoing: Option<f64>,
}

/// One side of an axis.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lane {
    pub(crate) placed: Vec<Placed>,
    pub(crate) rows: usize,
    /// How many stand without a name.
    pub(crate) unnamed: usize,
}

/// The axis that marks stand on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeAxis {
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Labels may reach this far beyond `right`.
    pub(crate) edge: f64,
    pub(crate) first: f64,
    pub(crate) last: f64,
}

impl TimeAxis {
    /// Where a day, as a number, lies.
    pub(crate) fn x(&self, at: f64) -> f64 {
        let part = (at - self.first) / (self.last - self.first);
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Whether any of a mark lies within the axis.
    pub(crate) fn shows(&self, mark: &Mark) -> bool {
        let end = match mark.until {
            Until::Open => mark.from.not_after,
            Until::Ended(end) => end.not_after,
            Until::Ongoing(day) => day,
        };
        axis::day_end(end) > self.first && axis::day(mark.from.not_before) < self.last
    }
}

impl Lane {
    /// Places marks in at most `most` rows of names, and one for those without.
    pub(crate) fn new(marks: &[(usize, &Mark)], axis: &TimeAxis, most: usize, style: Type) -> Lane {
        let whole = best(marks, axis, most, style, |mark| &mark.label);
        // A short name is better than half of a long one.
        let cut = marks.iter().any(|(_, mark)| style.width(&mark.label) > room(axis));
        if whole.unnamed == 0 && !cut {
            return whole;
        }
        best(marks, axis, most, style, |mark| &mark.short_label)
    }
}

/// What a label may take at most: on a phone "Second Additional Protocol: ratified" stands whole.
fn room(axis: &TimeAxis) -> f64 {
    (axis.edge - axis.left) * 0.7
}

/// The best of three orders of placing. A stem crosses no label if labels before their marks are
/// placed from the earliest on and labels after them from the latest on; with both, it depends.
fn best(
    marks: &[(usize, &Mark)],
    axis: &TimeAxis,
    most: usize,
    style: Type,
    name: impl Fn(&Mark) -> &String,
) -> Lane {
    let mut wanted: Vec<Wanted> = marks
        .iter()
        .map(|(number, mark)| {
            let placed = shape(*number, mark, axis);
            let label = style.elide(name(mark), room(axis));
            let wide = style.width(&label);
            let (from, to) = extent(&placed, axis);
            Wanted { placed, label, wide, from, to }
        })
        .collect();
    wanted.sort_by(|a, b| b.placed.x.total_cmp(&a.placed.x).then(a.placed.mark.cmp(&b.placed.mark)));
    let latest_first = place(&wanted, axis, most);
    wanted.reverse();
    let earliest_first = place(&wanted, axis, most);
    // Those whose label must stand before them, from the earliest on; then the others from the latest.
    let turned = wanted.iter().position(|it| it.to + it.wide > axis.edge);
    wanted[..turned.unwrap_or(0)].reverse();
    wanted.rotate_left(turned.unwrap_or(0));
    let mixed = place(&wanted, axis, most);
    let cost = |(lane, crossings): &(Lane, usize)| lane.unnamed * 10 + crossings * 2 + lane.rows;
    let tried = [latest_first, earliest_first, mixed];
    tried.into_iter().min_by_key(cost).map(|(lane, _)| lane).unwrap_or_default()
}

/// Marks placed in their order, and how many of them cross another.
fn place(wanted: &[Wanted], axis: &TimeAxis, most: usize) -> (Lane, usize) {
    let mut rows: Vec<Vec<Taken>> = (0..most).map(|_| Vec::new()).collect();
    let mut lane = Lane::default();
    let mut crossings = 0;
    let mut crowd = Vec::new();
    for it in wanted {
        let mut placed = it.placed.clone();
        let Some((row, begin, crosses)) = free(it, axis, &rows) else {
            crowd.push(placed);
            continue;
        };
        crossings += usize::from(crosses);
        rows[row].push(Taken { from: it.from.min(begin), to: it.to.max(begin + it.wide), x: placed.x });
        placed.row = row;
        placed.label = Some((it.label.clone(), begin));
        lane.rows = lane.rows.max(row + 1);
        lane.placed.push(placed);
    }
    lane.unnamed = crowd.len();
    for mut placed in crowd {
        placed.row = lane.rows;
        lane.placed.push(placed);
    }
    lane.rows += usize::from(lane.unnamed > 0);
    (lane, crossings)
}

/// A mark with its label, and the room that the mark alone takes.
struct Wanted {
    placed: Placed,
    label: String,
    wide: f64,
    from: f64,
    to: f64,
}

/// What a mark with its label takes of a row, and where its stem comes down.
struct Taken {
    from: f64,
    to: f64,
    x: f64,
}

/// A row with room for a mark and its label, where the label begins, and whether a stem crosses a
/// label there: rather not, rather after the mark than before it, rather near the axis.
fn free(it: &Wanted, axis: &TimeAxis, rows: &[Vec<Taken>]) -> Option<(usize, f64, bool)> {
    let Wanted { from, to, wide, .. } = *it;
    let x = it.placed.x;
    let after = (to + wide <= axis.edge).then_some((from, to + wide, to));
    let before = (from - wide >= axis.left - HALF).then_some((from - wide, to, from - wide));
    let sides = [after, before];
    [false, true].into_iter().find_map(|may_cross| {
        sides.iter().flatten().find_map(|(start, end, begin)| {
            let clear = |row: &[Taken]| row.iter().all(|it| end + GAP <= it.from || it.to + GAP <= *start);
            let crossed = |row: usize| {
                let mut nearer = rows[..row].iter().flatten();
                let mut farther = rows[row + 1..].iter().flatten();
                nearer.any(|it| it.from < x && x < it.to) || farther.any(|it| *start < it.x && it.x < *end)
            };
            (0..rows.len())
                .find(|row| clear(&rows[*row]) && (may_cross || !crossed(*row)))
                .map(|row| (row, *begin, may_cross))
        })
    })
}

/// From where to where a mark reaches without its label, with room beside it.
fn extent(placed: &Placed, axis: &TimeAxis) -> (f64, f64) {
    let (mut from, mut to) = (placed.x - HALF, placed.x + HALF);
    for (a, b) in placed.bracket.iter().chain(&placed.lasted) {
        from = from.min(*a - 2.0);
        to = to.max(*b + 2.0);
    }
    if placed.ongoing.is_some() {
        to = to.max(axis.right + HALF);
    }
    (from - GAP / 2.0, to + GAP / 2.0)
}

fn shape(number: usize, mark: &Mark, axis: &TimeAxis) -> Placed {
    let x = |day: Date| axis.x(axis::day(day));
    let x_end = |day: Date| axis.x(axis::day_end(day));
    let bracket = (!mark.from.is_exact()).then(|| (x(mark.from.not_before), x_end(mark.from.not_after)));
    let began = x(mark.from.not_after);
    let middle = bracket.map_or(began, |(from, to)| f64::midpoint(from, to));
    // Three pixels are the least that is seen as lasting; a day's mark has no bar.
    let seen = |to: f64| (to - began > 3.0).then_some((began, to));
    let (lasted, ongoing) = match mark.until {
        Until::Open => (None, None),
        Until::Ended(end) => (seen(x_end(end.not_before)), None),
        Until::Ongoing(day) => (seen(x_end(day)), Some(x_end(day).max(began))),
    };
    Placed { mark: number, row: 0, x: middle, label: None, bracket, lasted, ongoing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Bounds, MarkShape};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn mark(year: i16, month: i8, label: String) -> Mark {
        Mark {
            shape: MarkShape::Incident,
            from: Bounds::day(date(year, month, 1)),
            until: Until::Open,
            short_label: label.chars().take(6).collect(),
            label,
            kind: "kind".to_owned(),
            reference: None,
        }
    }

    proptest! {
        #[test]
        fn no_label_covers_another(
            marks in proptest::collection::vec((2000..2024i16, 1..13i8, "[a-z]{2,30}"), 0..60),
            most in 1..8usize
        ) {
            let marks: Vec<Mark> = marks.into_iter().map(|(y, m, l)| mark(y, m, l)).collect();
            let listed: Vec<(usize, &Mark)> = marks.iter().enumerate().collect();
            let axis = TimeAxis { left: 10.0, right: 700.0, edge: 710.0, first: 2000.0, last: 2024.0 };
            let lane = Lane::new(&listed, &axis, most, Type::PLAIN);
            prop_assert_eq!(lane.placed.len(), marks.len());
            let named: Vec<_> = lane.placed.iter().filter(|it| it.label.is_some()).collect();
            prop_assert_eq!(named.len() + lane.unnamed, marks.len());
            prop_assert!(lane.rows <= most + 1);
            for (at, one) in named.iter().enumerate() {
                for two in &named[..at] {
                    let span = |it: &Placed| {
                        let (label, begin) = it.label.as_ref().unwrap();
                        let end = begin + Type::PLAIN.width(label);
                        (begin.min(it.x - HALF), end.max(it.x + HALF))
                    };
                    let ((a, b), (c, d)) = (span(one), span(two));
                    prop_assert!(one.row != two.row || b <= c || d <= a);
                }
            }
        }
    }
}
