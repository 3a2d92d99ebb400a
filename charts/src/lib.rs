//! How the record is drawn.
//!
//! *Problem.* A picture, its table, its download and the sentence beside it say different things as
//! soon as they are made in different places. *Choice.* A [`Figure`] is a value, built from plain
//! input by [`indicator`] or [`timeline`]; picture (SVG, PNG), table, CSV, JSON and sentence are
//! ways of looking at it. *Invariants.* Nothing outside computes a number that a chart shows; all
//! words come from `text`; the crate reads no file, no clock, no font of the machine.
//!
//! ```text
//! input ──► indicator / timeline ──► Figure ──► sheet (texts, placed) + canvas (shapes, plotters) ──► SVG ──► PNG
//!                                       └─────► table, CSV, JSON, sentence
//! ```

mod axis;
mod canvas;
mod figure;
mod indicator;
mod input;
mod lanes;
mod marks;
mod measure;
mod palette;
mod png;
mod sheet;
mod spread;
mod table;
mod timeline;
mod words;

pub use figure::{Figure, Width};
pub use indicator::indicator;
pub use input::{
    Bounds, Break, Counting, Country, IndicatorInput, Mark, MarkShape, Point, Provenance, Series,
    TimelineInput, Until,
};
pub use palette::{Theme, page_css};
pub use png::PngError;
pub use sheet::{Drawing, Dress};
pub use table::{Table, text_csv};
pub use timeline::timeline;
