//! The picture of an indicator: plot, lines named at their ends, marks on the time axis.

use text::Text;

use super::sentence::largest_move;
use super::{Indicator, interval, middle};
use crate::axis;
use crate::canvas::{Plane, pixels};
use crate::input::{Mark, MarkShape, Point, Series};
use crate::lanes::{Lane, TimeAxis};
use crate::marks;
use crate::measure;
use crate::palette::Ink;
use crate::sheet::{Anchor, Sheet, Type};
use crate::spread::{Wish, spread};

/// The type of the names at the ends of lines.
const NAME: Type = Type::PLAIN.size(12.5).bold();
const NAME_LEADING: f64 = 15.0;
const ROW: f64 = 18.0;
/// Rows of named marks on either lane, and on a narrow sheet, where a row has room for fewer.
const MOST_ROWS: usize = 4;
const MOST_ROWS_NARROW: usize = 6;

impl Indicator {
    /// Draws everything between heading and foot.
    pub(crate) fn draw(&self, text: Text, sheet: &mut Sheet) {
        let Some((first, last)) = self.years else {
            nothing(sheet, &self.no_value(text));
            return;
        };
        let (low, high) = self.range();
        let ticks = axis::ticks(low, high, 5);
        let decimals = axis::decimals(&ticks);
        let labels: Vec<String> = ticks.iter().map(|it| text.number(*it, decimals)).collect();
        let gutter = labels.iter().map(|it| Type::QUIET.width(it)).fold(0.0, f64::max);
        let names = self.names(text, sheet.room() * 0.36);
        let beside = names.iter().map(Name::width).fold(0.0, f64::max);

        self.axis_note(text, sheet);
        let left = sheet.margin + gutter + 8.0;
        let right = sheet.width - sheet.margin - if beside > 0.0 { beside + 16.0 } else { 6.0 };
        let needed: f64 = names.iter().map(Name::height).sum();
        let mut plane = Plane {
            left,
            right,
            top: 0.0,
            bottom: 0.0,
            x: f64::from(first)..f64::from(last) + 1.0,
            y: low..high,
        };
        let breaks = self.break_labels(sheet, &plane);
        plane.top = sheet.y + 14.0;
        plane.bottom = plane.top + (sheet.width * 0.38).clamp(150.0, 400.0).max(needed);

        self.grid(sheet, &plane, &ticks, &labels);
        years(sheet, &plane, first, last);
        sheet.y = plane.bottom + 20.0;
        for (x, top) in breaks {
            let line = pixels().line(&[(x, top), (x, plane.bottom)], 1.0);
            sheet.shapes(Ink::Axis, "stroke-dasharray=\"16 12\"", &line);
        }
        self.lanes(text, sheet, &plane);
        self.lines(sheet, &plane);
        self.told(text, sheet, &plane);
        self.end_names(sheet, &plane, &names);
        if self.series.is_empty() {
            let centre = f64::midpoint(plane.left, plane.right);
            let at = (centre, f64::midpoint(plane.top, plane.bottom));
            let style = Type::QUIET.size(14.0).anchor(Anchor::Middle).halo();
            sheet.text(at, &style.elide(&self.no_value(text), right - left), style);
        }
    }

    /// What the foot explains about the marks.
    pub(super) fn legend(&self, text: Text) -> Vec<String> {
        let Some((first, last)) = self.years else {
            return Vec::new();
        };
        let axis = TimeAxis {
            left: 0.0,
            right: 1.0,
            edge: 1.0,
            first: f64::from(first),
            last: f64::from(last) + 1.0,
        };
        marks::legend(text, self.marks.iter().filter(|mark| axis.shows(mark)))
    }

    fn no_value(&self, text: Text) -> String {
        let args = [("indicator", (&self.name).into()), ("countries", text.list_or(&self.without).into())];
        text.with("chart-no-value", &args)
    }

    /// The values on the axis: the whole scale, or what the data take with a little room.
    fn range(&self) -> (f64, f64) {
        let points = || self.series.iter().flat_map(|it| &it.points);
        let values = || points().flat_map(|it| [Some(it.value), it.low, it.high]).flatten();
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        match self.scale {
            Some((from, to)) if low > high => (from, to),
            // A value beyond its scale is still shown.
            Some((from, to)) => (from.min(low), to.max(high)),
            None if low > high => (0.0, 1.0),
            None if high - low < 1e-9 => (low - 1.0, high + 1.0),
            None => {
                let room = (high - low) * 0.08;
                (low - room, high + room)
            }
        }
    }

    /// Unit and direction, above the axis they belong to.
    fn axis_note(&self, text: Text, sheet: &mut Sheet) {
        let direction = ("direction", (&self.direction).into());
        let unit = ("unit", (&self.unit).into());
        let note = match self.scale {
            Some((low, high)) => {
                let plain = axis::decimals(&[low, high]);
                let args = [
                    unit,
                    direction,
                    ("low", text.number(low, plain).into()),
                    ("high", text.number(high, plain).into()),
                ];
                text.with("chart-scale", &args)
            }
            None => text.with("chart-axis", &[unit, direction]),
        };
        let mut letters = note.chars();
        let note: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        sheet.paragraph(&note, Type::QUIET, 16.0, 2, false);
    }

    /// The names of breaks above the plot; where their lines begin.
    fn break_labels(&self, sheet: &mut Sheet, plane: &Plane) -> Vec<(f64, f64)> {
        // From the right, and from the row at the plot upwards: a line then crosses no name.
        let mut rows: Vec<f64> = Vec::new();
        let mut labels = Vec::new();
        for it in self.breaks.iter().rev() {
            let x = plane.x(f64::from(it.year));
            let label = format!("{}: {}", it.year, it.name);
            let label = Type::QUIET.elide(&label, sheet.room() * 0.8);
            let wide = Type::QUIET.width(&label);
            // Beside the line where there is room, else ending at the margin.
            let begin = (x + 5.0).min(sheet.width - sheet.margin - wide);
            let row = rows.iter().position(|taken| begin + wide + 8.0 <= *taken);
            let row = row.unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(begin);
            } else {
                rows[row] = begin;
            }
            labels.push((x, begin, row, label));
        }
        sheet.y += ROW * rows.len() as f64;
        let bottom = sheet.y;
        labels
            .into_iter()
            .map(|(x, begin, row, label)| {
                let y = bottom - 4.0 - ROW * row as f64;
                sheet.text((begin, y), &label, Type::QUIET.halo());
                (x, y - 10.0)
            })
            .collect()
    }

    fn grid(&self, sheet: &mut Sheet, plane: &Plane, ticks: &[f64], labels: &[String]) {
        let mut grid = String::new();
        for (tick, label) in ticks.iter().zip(labels) {
            grid.push_str(&plane.line(&[(plane.x.start, *tick), (plane.x.end, *tick)], 1.0));
            let at = (plane.left - 8.0, plane.y(*tick) + 4.0);
            sheet.text(at, label, Type::QUIET.anchor(Anchor::End));
        }
        sheet.shapes(Ink::Grid, "", &grid);
        // Zero divides the better from the worse where a scale has both.
        if plane.y.start < 0.0 && plane.y.end > 0.0 {
            let zero = plane.line(&[(plane.x.start, 0.0), (plane.x.end, 0.0)], 1.0);
            sheet.shapes(Ink::Axis, "", &zero);
        }
    }

    fn lane(&self, shape: MarkShape, axis: &TimeAxis) -> (Lane, usize) {
        let all: Vec<(usize, &Mark)> =
            self.marks.iter().enumerate().filter(|(_, mark)| mark.shape == shape).collect();
        let shown: Vec<(usize, &Mark)> = all.iter().copied().filter(|(_, mark)| axis.shows(mark)).collect();
        let most = if axis.edge < 520.0 { MOST_ROWS_NARROW } else { MOST_ROWS };
        let lane = Lane::new(&shown, axis, most, marks::LABEL);
        (lane, all.len() - shown.len())
    }

    /// Treaty actions and incidents under the axis, each with a line up through the plot.
    fn lanes(&self, text: Text, sheet: &mut Sheet, plane: &Plane) {
        let axis = time_axis(plane, sheet.width - sheet.margin);
        for shape in [MarkShape::TreatyAction, MarkShape::Incident] {
            let (lane, outside) = self.lane(shape, &axis);
            if lane.placed.is_empty() && outside == 0 {
                continue;
            }
            let heading = marks::heading(text, shape, &lane, outside);
            sheet.y += 6.0;
            sheet.paragraph(&heading, Type::QUIET.size(11.0).bold().halo(), 16.0, 2, false);
            let top = sheet.y + ROW / 2.0;
            let mut lines = String::new();
            for placed in &lane.placed {
                let y = top + ROW * placed.row as f64;
                lines.push_str(&pixels().line(&[(placed.x, plane.top), (placed.x, y)], 1.0));
            }
            // Quiet under many, but still to be followed.
            let opacity = if lane.placed.len() > 12 { ".3" } else { ".6" };
            let dash = format!("stroke-dasharray=\"4 8\" stroke-opacity=\"{opacity}\"");
            sheet.shapes(marks::ink(shape), &dash, &lines);
            marks::draw(sheet, text, &self.marks, &lane, &axis, |row| top + ROW * row as f64);
            sheet.y += ROW * lane.rows as f64;
        }
    }

    /// Bands, then lines, the one that stands out last.
    fn lines(&self, sheet: &mut Sheet, plane: &Plane) {
        let mut order: Vec<usize> = (0..self.series.len()).collect();
        order.sort_by_key(|at| self.highlight == Some(*at));
        for at in order.iter().copied().filter(|at| self.draws_interval(*at)) {
            let mut bands = String::new();
            for run in self.runs(&self.series[at]) {
                bands.push_str(&band(plane, run));
            }
            let look = "fill-opacity=\".16\" stroke-opacity=\".45\"";
            sheet.shapes(self.ink(at), look, &bands);
        }
        for at in order {
            let series = &self.series[at];
            let wide = if self.highlight.is_none_or(|it| it == at) { 2.25 } else { 1.0 };
            let mut lines = String::new();
            for run in self.runs(series) {
                let points: Vec<(f64, f64)> = run.iter().map(|it| (middle(it.year), it.value)).collect();
                match points[..] {
                    [(x, y)] => lines.push_str(&pixels().disc(plane.at(x, y), 3.0)),
                    _ => lines.push_str(&plane.line(&points, wide)),
                }
            }
            let values: Vec<String> =
                series.points.iter().map(|it| format!("{} {}", it.year, it.value)).collect();
            let iso3 = crate::sheet::escaped(&series.country.iso3);
            let mut attributes = format!("data-iso3=\"{iso3}\" data-values=\"{}\"", values.join(","));
            if let Some(dash) = self.dash(at) {
                attributes.push_str(&format!(" stroke-dasharray=\"{dash}\""));
            }
            sheet.shapes(self.ink(at), &attributes, &lines);
            if let Some(end) = series.points.last().filter(|_| self.is_named(at)) {
                let centre = plane.at(middle(end.year), end.value);
                sheet.shapes(self.ink(at), "", &end_mark(self.look(at), centre));
            }
        }
    }

    /// The years that the sentence names, marked with their values.
    fn told(&self, text: Text, sheet: &mut Sheet, plane: &Plane) {
        let at = self.highlight.or((self.series.len() == 1).then_some(0));
        let Some((at, series)) = at.and_then(|at| Some((at, self.series.get(at)?))) else {
            return;
        };
        let Some(moved) = largest_move(&series.points, self.decimals) else {
            return;
        };
        let last = series.points.last().map(|it| it.year);
        let falls = moved.to.value < moved.from.value;
        for (point, above) in [(moved.from, falls), (moved.to, !falls)] {
            if Some(point.year) == last {
                continue;
            }
            let (x, y) = plane.at(middle(point.year), point.value);
            sheet.shapes(self.ink(at), "", &pixels().disc((x, y), 3.25));
            let label = text.number(point.value, self.decimals);
            let place = (x, if above { y - 8.0 } else { y + 18.0 });
            let style = NAME.ink(self.ink(at)).anchor(Anchor::Middle).halo();
            sheet.text(place, &label, style);
        }
    }

    fn names(&self, text: Text, room: f64) -> Vec<Name> {
        let latest = self.data_years().map(|(_, last)| last);
        let named = (0..self.series.len()).filter(|at| self.is_named(*at));
        named
            .filter_map(|at| {
                let series = &self.series[at];
                let end = *series.points.last()?;
                let mut name = series.country.name.clone();
                if Some(end.year) != latest {
                    let args = [("name", name.into()), ("year", i64::from(end.year).into())];
                    name = text.with("chart-label-ended", &args);
                }
                let value = text.number(end.value, self.decimals);
                let lines = if NAME.width(&format!("{name} {value}")) <= room {
                    vec![(name, value)]
                } else {
                    let lines = measure::wrap(&name, room, NAME.size, NAME.weight, 2);
                    let names = lines.into_iter().map(|line| (line, String::new()));
                    names.chain([(String::new(), value)]).collect()
                };
                Some(Name { at, end, lines })
            })
            .collect()
    }

    fn end_names(&self, sheet: &mut Sheet, plane: &Plane, names: &[Name]) {
        let wishes: Vec<Wish> = names
            .iter()
            .map(|name| Wish { middle: plane.y(name.end.value), height: name.height() })
            .collect();
        let middles = spread(&wishes, plane.top - 8.0, plane.bottom + 8.0);
        for (name, place) in names.iter().zip(middles) {
            let (x, y) = plane.at(middle(name.end.year), name.end.value);
            let begin = plane.right + 10.0;
            if (place - y).abs() > 3.0 || plane.right - x > 20.0 {
                let leader = pixels().line(&[(x + 7.0, y), (begin - 3.0, place)], 1.0);
                sheet.shapes(Ink::Axis, "stroke-dasharray=\"4 6\"", &leader);
            }
            let mut line_y = place - name.height() / 2.0 + NAME_LEADING * 0.76;
            for (bold, plain) in &name.lines {
                sheet.pair((begin, line_y), bold, plain, NAME.ink(self.text_ink(name.at)));
                line_y += NAME_LEADING;
            }
        }
    }

    /// Points of consecutive years with no break between: a line is drawn through nothing else.
    fn runs<'a>(&self, series: &'a Series) -> impl Iterator<Item = &'a [Point]> {
        let breaks: Vec<i16> = self.breaks.iter().map(|it| it.year).collect();
        series.points.chunk_by(move |one, next| next.year == one.year + 1 && !breaks.contains(&next.year))
    }

    fn is_named(&self, at: usize) -> bool {
        self.series.len() <= super::MOST_TOLD_APART || self.highlight == Some(at)
    }

    fn ink(&self, at: usize) -> Ink {
        match self.highlight {
            None => Ink::Series(at),
            Some(highlight) if highlight == at => Ink::Series(0),
            Some(_) => Ink::Other,
        }
    }

    fn text_ink(&self, at: usize) -> Ink {
        match self.ink(at) {
            Ink::Other => Ink::Quiet,
            ink => ink,
        }
    }

    /// Which dash and end mark: those of the colour, and among grey ones each its own.
    fn look(&self, at: usize) -> usize {
        if self.highlight == Some(at) { 0 } else { at }
    }

    fn dash(&self, at: usize) -> Option<&'static str> {
        const DASHES: [&str; 6] = ["32 14", "8 12", "40 12 8 12", "20 10", "60 14", "8 10 8 10 28 10"];
        match (self.look(at), self.highlight) {
            (0, _) => None,
            (_, Some(_)) => None,
            (look, None) => DASHES.get(look - 1).copied(),
        }
    }
}

/// A name at the end of a line.
struct Name {
    at: usize,
    end: Point,
    /// Each in two weights: the name, and the value behind or under it.
    lines: Vec<(String, String)>,
}

impl Name {
    fn width(&self) -> f64 {
        let lines = self.lines.iter();
        lines.map(|(name, value)| NAME.width(&format!("{name} {value}"))).fold(0.0, f64::max)
    }

    fn height(&self) -> f64 {
        NAME_LEADING * self.lines.len() as f64 + 1.0
    }
}

/// A sheet that has nothing to draw says so.
fn nothing(sheet: &mut Sheet, words: &str) {
    sheet.y += 28.0;
    sheet.paragraph(words, Type::QUIET.size(14.0), 20.0, 4, false);
    sheet.y += 24.0;
}

fn years(sheet: &mut Sheet, plane: &Plane, first: i16, last: i16) {
    let base = pixels().line(&[(plane.left, plane.bottom), (plane.right, plane.bottom)], 1.0);
    sheet.shapes(Ink::Axis, "", &base);
    let most = ((plane.right - plane.left) / 44.0).max(2.0);
    let mut ticks = String::new();
    for year in axis::years(first, last, most as usize) {
        let x = plane.x(middle(year));
        ticks.push_str(&pixels().line(&[(x, plane.bottom), (x, plane.bottom + 4.0)], 1.0));
        let style = Type::QUIET.anchor(Anchor::Middle).halo();
        sheet.text((x, plane.bottom + 17.0), &year.to_string(), style);
    }
    sheet.shapes(Ink::Axis, "", &ticks);
}

fn time_axis(plane: &Plane, edge: f64) -> TimeAxis {
    TimeAxis { left: plane.left, right: plane.right, edge, first: plane.x.start, last: plane.x.end }
}

/// The interval of a run: a band, or a whisker where a year stands alone.
fn band(plane: &Plane, run: &[Point]) -> String {
    let mut out = String::new();
    for part in run.chunk_by(|a, b| interval(a).is_some() == interval(b).is_some()) {
        let bounds: Vec<(f64, (f64, f64))> =
            part.iter().filter_map(|it| Some((middle(it.year), interval(it)?))).collect();
        match bounds[..] {
            [] => {}
            [(x, (low, high))] => out.push_str(&plane.line(&[(x, low), (x, high)], 2.0)),
            _ => {
                let upper: Vec<(f64, f64)> = bounds.iter().map(|(x, (_, high))| (*x, *high)).collect();
                let lower: Vec<(f64, f64)> = bounds.iter().rev().map(|(x, (low, _))| (*x, *low)).collect();
                let around: Vec<(f64, f64)> = upper.iter().chain(&lower).copied().collect();
                out.push_str(&plane.polygon(&around));
                out.push_str(&plane.line(&upper, 0.75));
                out.push_str(&plane.line(&lower, 0.75));
            }
        }
    }
    out
}

/// The mark at the end of a line: disc, square, triangle, diamond, triangle down, bar, cross.
fn end_mark(look: usize, (x, y): (f64, f64)) -> String {
    let around = |corners: &[(f64, f64)]| -> String {
        let placed: Vec<(f64, f64)> = corners.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
        pixels().polygon(&placed)
    };
    match look % 7 {
        0 => pixels().disc((x, y), 4.0),
        1 => around(&[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]),
        2 => around(&[(-4.5, 3.5), (0.0, -4.5), (4.5, 3.5)]),
        3 => around(&[(-5.0, 0.0), (0.0, -5.0), (5.0, 0.0), (0.0, 5.0)]),
        4 => around(&[(-4.5, -3.5), (0.0, 4.5), (4.5, -3.5)]),
        5 => around(&[(-2.0, -5.0), (2.0, -5.0), (2.0, 5.0), (-2.0, 5.0)]),
        _ => {
            let one = pixels().line(&[(x - 4.0, y - 4.0), (x + 4.0, y + 4.0)], 2.0);
            one + &pixels().line(&[(x - 4.0, y + 4.0), (x + 4.0, y - 4.0)], 2.0)
        }
    }
}
