//! Inks: what is coloured how, in light and dark.
//!
//! *Choice.* An ink is a class that sets `color` and nothing else; shapes and texts take
//! `currentColor`. So the same drawing is coloured by a standalone picture's own `<style>` or by a
//! page's custom properties (`--chart-ink`, `--chart-1` …). *Invariant, held by tests:* on its ground
//! every text ink has a contrast of 4.5:1, every mark 3:1; the seven series differ for the three
//! kinds of colour blindness too, and besides by dash and end mark.

use std::fmt::Write as _;

/// The colours of a standalone picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// As the reader's system prefers; a PNG, which cannot know, is light.
    Auto,
}

impl Theme {
    /// The theme of a parameter's value: `light`, `dark` or `auto`.
    pub fn from_code(code: &str) -> Option<Theme> {
        match code {
            "light" => Some(Theme::Light),
            "dark" => Some(Theme::Dark),
            "auto" => Some(Theme::Auto),
            _ => None,
        }
    }
}

/// What is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Text in the first ink.
    Text,
    /// Secondary text.
    Quiet,
    /// The horizontal grid.
    Grid,
    /// The time axis, stems and brackets.
    Axis,
    /// A series among others that are not told apart.
    Other,
    /// A treaty action.
    Action,
    /// An incident.
    Incident,
    /// What everything stands on.
    Ground,
    /// One of seven series, counted from 0.
    Series(usize),
}

/// How many series are told apart.
pub(crate) const SERIES: usize = 7;

impl Ink {
    const ALL: [Ink; 8 + SERIES] = [
        Ink::Text,
        Ink::Quiet,
        Ink::Grid,
        Ink::Axis,
        Ink::Other,
        Ink::Action,
        Ink::Incident,
        Ink::Ground,
        Ink::Series(0),
        Ink::Series(1),
        Ink::Series(2),
        Ink::Series(3),
        Ink::Series(4),
        Ink::Series(5),
        Ink::Series(6),
    ];

    /// The class in the drawing.
    pub(crate) fn class(self) -> &'static str {
        const NUMBERED: [&str; SERIES] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"];
        match self {
            Ink::Text => "ink",
            Ink::Quiet => "quiet",
            Ink::Grid => "grid",
            Ink::Axis => "axis",
            Ink::Other => "other",
            Ink::Action => "action",
            Ink::Incident => "incident",
            Ink::Ground => "ground",
            Ink::Series(number) => NUMBERED[number % SERIES],
        }
    }

    /// The custom property on a page.
    fn property(self) -> String {
        let class = self.class();
        format!("--chart-{}", class.strip_prefix('s').unwrap_or(class))
    }

    fn colour(self, dark: bool) -> &'static str {
        const LIGHT: [&str; SERIES] =
            ["#1c5fb0", "#c0561a", "#00503a", "#a00b76", "#2f0a6b", "#5f5200", "#3b0500"];
        const DARK: [&str; SERIES] =
            ["#6aa9f5", "#ee6a2c", "#99fceb", "#c06a95", "#9168f0", "#faf08a", "#f9ae6f"];
        match (self, dark) {
            (Ink::Text, false) => "#1b2027",
            (Ink::Text, true) => "#eceff3",
            (Ink::Quiet, false) => "#565e69",
            (Ink::Quiet, true) => "#a7b0bc",
            (Ink::Grid, false) => "#dfe3e8",
            (Ink::Grid, true) => "#2c323a",
            (Ink::Axis, false) => "#7b8490",
            (Ink::Axis, true) => "#7d8794",
            (Ink::Other, false) => "#878e98",
            (Ink::Other, true) => "#707a87",
            (Ink::Action, false) => "#2a333f",
            (Ink::Action, true) => "#d5dbe3",
            (Ink::Incident, false) => "#a8201a",
            (Ink::Incident, true) => "#ff8a7d",
            (Ink::Ground, false) => "#ffffff",
            (Ink::Ground, true) => "#15181c",
            (Ink::Series(number), false) => LIGHT[number % SERIES],
            (Ink::Series(number), true) => DARK[number % SERIES],
        }
    }
}

/// How a text is set apart from lines that pass under it.
const HALO: &str = "stroke-width: 3; stroke-linejoin: round; paint-order: stroke;";

/// The rules of a standalone picture.
pub(crate) fn standalone_css(theme: Theme) -> String {
    match theme {
        Theme::Light => rules(false),
        Theme::Dark => rules(true),
        Theme::Auto => format!("{}@media (prefers-color-scheme:dark){{{}}}", rules(false), rules(true)),
    }
}

/// The style sheet that a page with inline charts needs: custom properties for both themes and the
/// rules that put them on the drawing's classes. A page may set the properties otherwise.
///
/// The classes: `chart` on the `<svg>`; `ink`, `quiet` on texts; `grid`, `axis`, `s1`–`s7`,
/// `other`, `action`, `incident`, `ground` on groups of shapes; `halo` on texts that may cross a line.
pub fn page_css() -> String {
    let mut css = String::from(
        "/* Written by `cargo run -p charts --example page_css`: colours of inline charts. */\n:root {\n",
    );
    properties(&mut css, false, "  ");
    css.push_str("}\n\n@media (prefers-color-scheme: dark) {\n  :root {\n");
    properties(&mut css, true, "    ");
    css.push_str("  }\n}\n\n.chart { color: var(--chart-ink); max-width: 100%; height: auto; }\n");
    for ink in Ink::ALL {
        let (class, property) = (ink.class(), ink.property());
        let _ = writeln!(css, ".chart .{class} {{ color: var({property}); }}");
    }
    let _ = writeln!(css, ".chart .halo {{ stroke: var(--chart-ground); {HALO} }}");
    // In forced colours everything is text on ground: dash, shape and label still tell it apart.
    css.push_str("\n@media (forced-colors: active) {\n");
    css.push_str("  .chart, .chart [class] { color: CanvasText; }\n");
    css.push_str("  .chart .ground { color: Canvas; }\n  .chart .halo { stroke: Canvas; }\n}\n");
    css
}

fn rules(dark: bool) -> String {
    let mut css = format!(".chart{{color:{}}}", Ink::Text.colour(dark));
    for ink in Ink::ALL {
        let _ = write!(css, ".{}{{color:{}}}", ink.class(), ink.colour(dark));
    }
    let _ = write!(css, ".halo{{stroke:{};{HALO}}}", Ink::Ground.colour(dark));
    css
}

fn properties(css: &mut String, dark: bool, indent: &str) {
    for ink in Ink::ALL {
        let _ = writeln!(css, "{indent}{}: {};", ink.property(), ink.colour(dark));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(colour: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| {
            let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// WCAG's contrast ratio.
    fn contrast(a: &str, b: &str) -> f64 {
        let light = |colour| {
            let [r, g, b] = linear(colour);
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    /// OKLab (Ottosson 2020) of a linear colour.
    fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }

    /// Full sight, then full protanopia, deuteranopia and tritanopia (Machado et al. 2009).
    const SIGHTS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn seen(colour: &str, sight: &[[f64; 3]; 3]) -> [f64; 3] {
        let full = linear(colour);
        oklab(sight.map(|row| {
            let part: f64 = row.iter().zip(full).map(|(a, b)| a * b).sum();
            part.clamp(0.0, 1.0)
        }))
    }

    #[test]
    fn texts_and_marks_stand_out_from_their_ground() {
        for dark in [false, true] {
            let ground = Ink::Ground.colour(dark);
            for ink in Ink::ALL {
                let least = match ink {
                    Ink::Ground | Ink::Grid => continue, // the grid is a help, not information
                    Ink::Axis | Ink::Other => 3.0,
                    _ => 4.5, // names stand in the colour of their series
                };
                let ratio = contrast(ink.colour(dark), ground);
                assert!(ratio >= least, "{ink:?}, dark {dark}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn series_differ_for_every_sight() {
        for dark in [false, true] {
            for sight in &SIGHTS {
                for a in 0..SERIES {
                    for b in 0..a {
                        let [one, two] = [a, b].map(|n| seen(Ink::Series(n).colour(dark), sight));
                        let square: f64 = one.iter().zip(two).map(|(x, y)| (x - y).powi(2)).sum();
                        assert!(square.sqrt() > 0.06, "{a} and {b}, dark {dark}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_page_css_in_the_folder_is_this_one() {
        let kept = include_str!("../charts.css");
        assert_eq!(kept, page_css(), "run: cargo run -p charts --example page_css");
    }
}
