//! Every pair of colours that pages put on one another has the contrast of WCAG 2.2 AA, in both themes: 4.5:1 for
//! text, 3:1 for the edges of controls and for focus.

use std::collections::BTreeMap;

const COLOURS: &str = include_str!("../../style/colours.css");
const CHARTS: &str = include_str!("../../charts/charts.css");

/// What is put on what, and the least contrast.
const PAIRS: &[(&str, &str, f64)] = &[
    ("--ink", "--paper", 7.0),
    ("--ink", "--wash", 7.0),
    ("--quiet", "--paper", 4.5),
    ("--quiet", "--wash", 4.5),
    ("--accent", "--paper", 4.5),
    ("--accent", "--wash", 4.5),
    ("--harm", "--paper", 4.5),
    ("--on-accent", "--accent", 4.5),
    ("--on-harm", "--harm", 4.5),
    ("--edge", "--paper", 3.0),
    ("--edge", "--wash", 3.0),
    // Charts stand on our paper, which is not quite the white that they are tested on by themselves.
    ("--chart-ink", "--paper", 4.5),
    ("--chart-quiet", "--paper", 4.5),
    ("--chart-incident", "--paper", 4.5),
    ("--chart-action", "--paper", 4.5),
    ("--chart-axis", "--paper", 3.0),
    ("--chart-1", "--paper", 4.5),
    ("--chart-2", "--paper", 4.5),
    ("--chart-3", "--paper", 4.5),
    ("--chart-4", "--paper", 4.5),
    ("--chart-5", "--paper", 4.5),
    ("--chart-6", "--paper", 4.5),
    ("--chart-7", "--paper", 4.5),
];

#[test]
fn text_and_edges_stand_out_in_both_themes() {
    for dark in [false, true] {
        let mut colours = properties(CHARTS, dark);
        colours.extend(properties(COLOURS, dark));
        for (ink, ground, least) in PAIRS {
            let ratio = contrast(&colours[*ink], &colours[*ground]);
            assert!(ratio >= *least, "{ink} on {ground}, dark {dark}: {ratio:.2}, at least {least}");
        }
    }
}

#[test]
fn charts_stand_on_the_paper_of_the_page() {
    for dark in [false, true] {
        let colours = properties(COLOURS, dark);
        assert_eq!(colours["--chart-ground"], colours["--paper"], "dark {dark}");
    }
}

/// The custom properties of a theme: those of the dark media query over those outside it.
fn properties(css: &str, dark: bool) -> BTreeMap<String, String> {
    let (light, rest) = css.split_once("prefers-color-scheme: dark").expect("two themes");
    let read = |part: &str| -> BTreeMap<String, String> {
        part.lines()
            .filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "))
            .filter(|(name, value)| name.starts_with("--") && value.starts_with('#'))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    };
    let mut colours = read(light);
    if dark {
        colours.extend(read(rest));
    }
    colours
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG's relative luminance of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let part =
            f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour of six digits")) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
