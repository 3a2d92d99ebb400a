//! The sheet a figure is drawn on: texts, shapes, heading and foot, in either dress.
//!
//! *Invariants.* Whatever comes from a caller goes through [`escaped`]. Shapes stand under texts. An
//! inline drawing carries no style and no id that does not begin with its figure's.

use std::fmt::Write as _;

use crate::canvas::SCALE;
use crate::measure::{self, FAMILY, Weight};
use crate::palette::{Ink, Theme, standalone_css};

/// How a figure is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dress<'a> {
    /// For a page: classes only, coloured by the page's style sheet (see [`crate::page_css`]). Title
    /// and sentence are left to the page, which shows them as text.
    Inline {
        /// The figure's id on the page; all ids in the drawing begin with it.
        id: &'a str,
    },
    /// A picture of its own, with title, sentence and colours.
    Standalone {
        /// Its colours.
        theme: Theme,
    },
}

/// A drawing with its size in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG.
    pub svg: String,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Where a text begins, is centred or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) ink: Ink,
    pub(crate) anchor: Anchor,
    /// Set apart from lines that pass under it.
    pub(crate) halo: bool,
}

/// The size that needs no attribute.
const SIZE: f64 = 12.0;

impl Type {
    /// Small text in the secondary ink.
    pub(crate) const QUIET: Type =
        Type { size: SIZE, weight: Weight::Regular, ink: Ink::Quiet, anchor: Anchor::Start, halo: false };
    /// Small text in the first ink.
    pub(crate) const PLAIN: Type = Type { ink: Ink::Text, ..Type::QUIET };

    pub(crate) const fn size(self, size: f64) -> Type {
        Type { size, ..self }
    }

    pub(crate) const fn bold(self) -> Type {
        Type { weight: Weight::Bold, ..self }
    }

    pub(crate) const fn anchor(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }

    pub(crate) const fn ink(self, ink: Ink) -> Type {
        Type { ink, ..self }
    }

    pub(crate) const fn halo(self) -> Type {
        Type { halo: true, ..self }
    }

    /// How wide a text is in this type.
    pub(crate) fn width(self, text: &str) -> f64 {
        measure::width(text, self.size, self.weight)
    }

    /// A text cut to fit.
    pub(crate) fn elide(self, text: &str, room: f64) -> String {
        measure::elide(text, room, self.size, self.weight)
    }
}

/// What every figure has around its drawing.
pub(crate) struct Surround<'a> {
    pub(crate) kind: &'a str,
    pub(crate) title: &'a str,
    pub(crate) sentence: &'a str,
    pub(crate) foot: &'a [String],
    pub(crate) right_to_left: bool,
}

/// A drawing in the making. `y` is how far down it is filled.
pub(crate) struct Sheet {
    pub(crate) width: f64,
    /// The margin at both sides.
    pub(crate) margin: f64,
    pub(crate) y: f64,
    shapes: String,
    texts: String,
}

impl Sheet {
    /// An empty sheet, with the heading if the dress has one.
    pub(crate) fn new(width: u32, dress: Dress<'_>, around: &Surround<'_>) -> Sheet {
        let mut sheet = Sheet {
            width: f64::from(width),
            margin: 2.0,
            y: 0.0,
            shapes: String::new(),
            texts: String::new(),
        };
        if matches!(dress, Dress::Standalone { .. }) {
            sheet.margin = 16.0;
            sheet.y = 14.0;
            let title = Type::PLAIN.size(18.0).bold();
            sheet.paragraph(around.title, title, 23.0, 3, around.right_to_left);
            sheet.y += 3.0;
            let sentence = Type::PLAIN.size(14.0);
            sheet.paragraph(around.sentence, sentence, 19.0, 5, around.right_to_left);
            sheet.y += 10.0;
        }
        sheet
    }

    /// The room between the margins.
    pub(crate) fn room(&self) -> f64 {
        self.width - 2.0 * self.margin
    }

    /// A text whose baseline is at `y`.
    pub(crate) fn text(&mut self, at: (f64, f64), text: &str, style: Type) {
        self.put(at, &escaped(text), style);
    }

    /// A text in the weight of `style` and behind it one in regular weight.
    pub(crate) fn pair(&mut self, at: (f64, f64), text: &str, plain: &str, style: Type) {
        // A mark keeps a number behind a name written from right to left.
        let mark = if measure::is_right_to_left(text) { "\u{200e}" } else { "" };
        // A plain space before another weight is dropped by some readers of SVG.
        let space = if text.is_empty() || plain.is_empty() { "" } else { "\u{a0}" };
        let plain = if plain.is_empty() {
            String::new()
        } else {
            format!("<tspan font-weight=\"400\">{space}{}</tspan>", escaped(plain))
        };
        self.put(at, &format!("{}{mark}{plain}", escaped(text)), style);
    }

    fn put(&mut self, (x, y): (f64, f64), content: &str, style: Type) {
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let class = match (style.ink, style.halo) {
            (Ink::Text, false) => String::new(),
            (Ink::Text, true) => " class=\"halo\"".to_owned(),
            (ink, false) => format!(" class=\"{}\"", ink.class()),
            (ink, true) => format!(" class=\"{} halo\"", ink.class()),
        };
        let size = if (style.size - SIZE).abs() < 0.01 {
            String::new()
        } else {
            format!(" font-size=\"{}\"", style.size)
        };
        let weight = match style.weight {
            Weight::Regular => "",
            Weight::Bold => " font-weight=\"700\"",
        };
        let _ = write!(
            self.texts,
            "<text x=\"{}\" y=\"{}\"{anchor}{class}{size}{weight}>{content}</text>",
            short(x),
            short(y)
        );
    }

    /// Lines from `y` downwards, at most `most`.
    pub(crate) fn paragraph(
        &mut self,
        text: &str,
        style: Type,
        leading: f64,
        most: usize,
        right_to_left: bool,
    ) {
        let lines = measure::wrap(text, self.room(), style.size, style.weight, most);
        for line in lines {
            self.y += leading;
            let y = self.y - leading * 0.25;
            if right_to_left {
                // Marks keep punctuation at the ends of the line on their side.
                let line = format!("\u{200f}{line}\u{200f}");
                let at = (self.width - self.margin, y);
                self.text(at, &line, style.anchor(Anchor::End));
            } else {
                self.text((self.margin, y), &line, style);
            }
        }
    }

    /// Shapes in one ink. `attributes` are ours, never a caller's words.
    pub(crate) fn shapes(&mut self, ink: Ink, attributes: &str, shapes: &str) {
        if !shapes.is_empty() {
            let space = if attributes.is_empty() { "" } else { " " };
            let class = ink.class();
            let _ = write!(self.shapes, "<g class=\"{class}\"{space}{attributes}>{shapes}</g>");
        }
    }

    /// Adds the foot and closes the drawing.
    pub(crate) fn finish(mut self, dress: Dress<'_>, around: &Surround<'_>) -> Drawing {
        self.y += 8.0;
        for line in around.foot {
            let style = Type::QUIET.size(11.0);
            self.paragraph(line, style, 15.0, 3, around.right_to_left);
        }
        self.y += if self.margin > 10.0 { 14.0 } else { 4.0 };
        let (width, height) = (self.width, self.y.ceil());
        let mut svg = String::from("<svg");
        let prefix = match dress {
            Dress::Inline { id } => escaped(id),
            Dress::Standalone { .. } => {
                svg.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
                "chart".to_owned()
            }
        };
        let _ = write!(
            svg,
            " class=\"chart chart-{}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\" \
             fill=\"currentColor\" font-size=\"{SIZE}\"",
            around.kind
        );
        if matches!(dress, Dress::Standalone { .. }) {
            let _ = write!(svg, " font-family=\"{FAMILY}\"");
        }
        let _ = write!(
            svg,
            "><title id=\"{prefix}-title\">{}</title><desc id=\"{prefix}-desc\">{}</desc>",
            escaped(around.title),
            escaped(around.sentence)
        );
        if let Dress::Standalone { theme } = dress {
            let _ = write!(
                svg,
                "<style>{}</style><rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>",
                standalone_css(theme)
            );
        }
        let _ = write!(
            svg,
            "<g transform=\"scale({})\" fill=\"none\" stroke=\"currentColor\" \
             stroke-linejoin=\"round\">{}</g>{}</svg>",
            1.0 / SCALE,
            self.shapes,
            self.texts
        );
        Drawing { svg, width: whole(width), height: whole(height) }
    }
}

/// A text as XML, in content and in attributes; characters that XML forbids are left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(it),
        }
    }
    out
}

/// A coordinate with one decimal at most.
fn short(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is positive and casts of floats saturate"
)]
fn whole(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_caller_says_is_markup() {
        assert_eq!(escaped("<a href=\"x\">&'\u{0}\u{8}\n"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39; ");
    }
}
