//! Where plotters draws: shapes without colour or text, as compact SVG paths.
//!
//! *Problem.* plotters' own SVG backend writes colours into every element, takes whole pixels only and
//! guesses the width of texts. *Choice.* A backend of our own behind plotters' trait: it is four times
//! as large as the picture (the drawing is scaled back), writes geometry alone (colour is the class of
//! the group around it, see `palette`) and refuses text. *Invariant.* A plane's [`Plane::at`] and
//! plotters' mapping agree to a quarter of a pixel.

use std::fmt::{self, Write as _};
use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{PathElement, Polygon};
use plotters::series::LineSeries;
use plotters::style::{BLACK, Color, ShapeStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

/// Shapes are drawn this many times larger than they are shown.
pub(crate) const SCALE: f64 = 4.0;

/// A rectangle of the picture, in its pixels, and the values on its sides.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) x: Range<f64>,
    pub(crate) y: Range<f64>,
}

/// A chart on our canvas.
pub(crate) type Chart<'a, 'b> = ChartContext<'a, Canvas<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// What can go wrong while drawing: nothing, on a string.
pub(crate) type Drawn = Result<(), DrawingAreaErrorKind<fmt::Error>>;

impl Plane {
    /// Where a value lies, in the picture's pixels.
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x(x), self.y(y))
    }

    /// Where a value lies across.
    pub(crate) fn x(&self, x: f64) -> f64 {
        let part = (x - self.x.start) / (self.x.end - self.x.start);
        self.left + part * (self.right - self.left)
    }

    /// Where a value lies down.
    pub(crate) fn y(&self, y: f64) -> f64 {
        let part = (y - self.y.start) / (self.y.end - self.y.start);
        self.bottom - part * (self.bottom - self.top)
    }

    /// What `draw` draws on the plane, in values.
    pub(crate) fn draw(&self, draw: impl FnOnce(&mut Chart<'_, '_>) -> Drawn) -> String {
        let mut out = String::new();
        let size = (whole(self.right) + 1, whole(self.bottom) + 1);
        let root = Canvas::new(&mut out, size).into_drawing_area();
        let drawn = ChartBuilder::on(&root)
            .margin_left(whole(self.left))
            .margin_top(whole(self.top))
            .build_cartesian_2d(self.x.clone(), self.y.clone())
            .and_then(|mut chart| draw(&mut chart));
        drawn.expect("a string takes everything that is written to it");
        drop(root);
        out
    }

    /// A line through points.
    pub(crate) fn line(&self, points: &[(f64, f64)], width: f64) -> String {
        self.draw(|chart| {
            chart.draw_series(LineSeries::new(points.iter().copied(), stroke(width)))?;
            Ok(())
        })
    }

    /// A filled polygon.
    pub(crate) fn polygon(&self, points: &[(f64, f64)]) -> String {
        self.draw(|chart| {
            let shape = Polygon::new(points.to_vec(), BLACK.filled());
            chart.draw_series(std::iter::once(shape))?;
            Ok(())
        })
    }
}

/// What is drawn in the picture's own pixels: `(x, y)` from its upper left corner.
pub(crate) fn pixels() -> Pixels {
    Pixels
}

/// The picture's own pixels as a place to draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pixels;

impl Pixels {
    /// A line through points.
    pub(crate) fn line(self, points: &[(f64, f64)], width: f64) -> String {
        self.draw(points, |points| PathElement::new(points, stroke(width)))
    }

    /// A filled polygon.
    pub(crate) fn polygon(self, points: &[(f64, f64)]) -> String {
        self.draw(points, |points| Polygon::new(points, BLACK.filled()))
    }

    /// A filled circle.
    pub(crate) fn disc(self, centre: (f64, f64), radius: f64) -> String {
        let style = BLACK.filled();
        self.draw(&[centre], |points| plotters::element::Circle::new(points[0], whole(radius), style))
    }

    fn draw<E>(self, points: &[(f64, f64)], element: impl FnOnce(Vec<(i32, i32)>) -> E) -> String
    where
        for<'a> &'a E: plotters::element::PointCollection<'a, (i32, i32)>,
        for<'a> E: plotters::element::Drawable<Canvas<'a>>,
    {
        let mut out = String::new();
        let scaled = points.iter().map(|(x, y)| (scaled(*x), scaled(*y)));
        // As large as any picture is; nothing here depends on the size.
        let root = Canvas::new(&mut out, (1 << 20, 1 << 20)).into_drawing_area();
        root.draw(&element(scaled.collect())).expect("a string takes everything that is written to it");
        drop(root);
        out
    }
}

fn stroke(width: f64) -> ShapeStyle {
    Color::stroke_width(&BLACK, whole(width))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "pictures are far smaller than i32, and casts of floats saturate"
)]
fn scaled(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn whole(pixels: f64) -> u32 {
    scaled(pixels).unsigned_abs()
}

/// plotters' view of a string of SVG.
pub(crate) struct Canvas<'a> {
    out: &'a mut String,
    size: (u32, u32),
}

type Written = Result<(), DrawingErrorKind<fmt::Error>>;

impl<'a> Canvas<'a> {
    fn new(out: &'a mut String, size: (u32, u32)) -> Canvas<'a> {
        Canvas { out, size }
    }

    /// The data of a path: absolute start, then steps, which are shorter.
    fn path(&mut self, points: impl IntoIterator<Item = BackendCoord>) -> fmt::Result {
        let mut last: Option<BackendCoord> = None;
        self.out.push_str("<path d=\"");
        for (x, y) in points {
            match last {
                None => write!(self.out, "M{x} {y}")?,
                Some((lx, ly)) => {
                    let (dx, dy) = (x - lx, y - ly);
                    let between = if dy < 0 { "" } else { " " };
                    write!(self.out, "l{dx}{between}{dy}")?;
                }
            }
            last = Some((x, y));
        }
        Ok(())
    }

    fn end<S: BackendStyle>(&mut self, style: &S, fill: bool) -> Written {
        let written = if fill {
            write!(self.out, "\" fill=\"currentColor\" stroke=\"none\"/>")
        } else {
            write!(self.out, "\" stroke-width=\"{}\"/>", style.stroke_width())
        };
        written.map_err(DrawingErrorKind::DrawingError)
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Written {
        Ok(())
    }

    fn present(&mut self) -> Written {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, _: BackendColor) -> Written {
        let drawn = self.path([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]);
        drawn.map_err(DrawingErrorKind::DrawingError)?;
        self.end(&BLACK.to_rgba(), true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Written {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Written {
        self.path(points).map_err(DrawingErrorKind::DrawingError)?;
        self.end(style, false)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Written {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let close = (!fill).then_some((left, top));
        self.path(corners.into_iter().chain(close)).map_err(DrawingErrorKind::DrawingError)?;
        self.end(style, fill)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Written {
        write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}")
            .map_err(DrawingErrorKind::DrawingError)?;
        self.end(style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Written {
        self.path(points).map_err(DrawingErrorKind::DrawingError)?;
        self.end(style, true)
    }

    /// Texts are measured and placed by `sheet`; plotters is never asked to.
    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Written {
        Err(DrawingErrorKind::DrawingError(fmt::Error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_path_is_compact() {
        let drawn = pixels().line(&[(1.0, 1.0), (2.5, 0.5), (2.5, 3.0)], 1.5);
        assert_eq!(drawn, "<path d=\"M4 4l6-2l0 10\" stroke-width=\"6\"/>");
    }

    proptest! {
        #[test]
        fn texts_and_shapes_agree_on_places(
            left in 0.0..200.0f64, width in 50.0..800.0f64, top in 0.0..100.0f64,
            height in 50.0..400.0f64, x in 2000.0..2024.0f64, y in -2.5..2.5f64
        ) {
            let plane = Plane {
                left, right: left + width, top, bottom: top + height,
                x: 2000.0..2024.0, y: -2.5..2.5,
            };
            let drawn = plane.line(&[(x, y), (x, y)], 1.0);
            let start = drawn.strip_prefix("<path d=\"M").unwrap();
            let mut numbers = start.split(|it: char| !it.is_ascii_digit());
            let mut next = || numbers.next().unwrap().parse::<f64>().unwrap() / SCALE;
            let (drawn_x, drawn_y) = (next(), next());
            let (text_x, text_y) = plane.at(x, y);
            prop_assert!((drawn_x - text_x).abs() <= 0.51, "{drawn_x} {text_x}");
            prop_assert!((drawn_y - text_y).abs() <= 0.51, "{drawn_y} {text_y}");
        }
    }
}
