//! What the drawings promise: safe, small, whole, and readable as PNG.

mod common;

use charts::{Bounds, Break, Dress, Figure, MarkShape, Point, Series, Theme, Until, Width};
use common::{input, mark, series, timeline};
use jiff::civil::date;
use resvg::tiny_skia::Pixmap;

const NASTY: &str = "</text><script>alert(1)</script>&amp;<\"'>\u{0}\u{8}\n=1+1";

fn point(year: i16, value: f64) -> Point {
    Point { year, value, low: None, high: None }
}

fn inline(figure: &Figure) -> String {
    figure.svg(Dress::Inline { id: "figure-7" })
}

fn brazil() -> Series {
    let points = (2000..=2023).map(|year: i16| {
        let at = f64::from(year - 2000);
        let value = if year < 2016 { 0.93 } else { 0.93 - 0.03 * (at - 15.0).min(6.0) };
        Point { year, value, low: Some(value - 0.05), high: Some(value + 0.04) }
    });
    series("BRA", "Brazil", points.collect())
}

fn with_marks() -> Figure {
    let mut other = brazil();
    other.country = charts::Country::new("IND", "India");
    let mut given = input(vec![brazil(), other]);
    given.marks = (0..12)
        .map(|at| {
            let shape = if at % 3 == 0 { MarkShape::TreatyAction } else { MarkShape::Incident };
            mark(shape, date(2004 + at, 3, 7), "Nationwide block of a messenger by court order")
        })
        .collect();
    charts::indicator(given)
}

#[test]
fn nothing_a_caller_says_becomes_markup() {
    let mut given = input(vec![series(NASTY, NASTY, vec![point(2001, 0.3), point(2002, 0.5)])]);
    given.name = NASTY.to_owned();
    given.unit = NASTY.to_owned();
    given.breaks = vec![Break { year: 2002, name: NASTY.to_owned() }];
    given.marks = vec![mark(MarkShape::Incident, date(2001, 5, 2), NASTY)];
    given.provenance.publisher = NASTY.to_owned();
    given.provenance.address = NASTY.to_owned();
    let mut figures = vec![charts::indicator(given)];
    figures.push(charts::timeline(timeline(vec![mark(MarkShape::TreatyAction, date(2001, 5, 2), NASTY)])));
    for figure in figures {
        for dress in [Dress::Inline { id: "a\"><script>" }, Dress::Standalone { theme: Theme::Auto }] {
            let svg = figure.svg(dress);
            let document = roxmltree::Document::parse(&svg).expect("well-formed");
            let known = ["svg", "title", "desc", "style", "rect", "g", "path", "circle", "text", "tspan"];
            for node in document.descendants().filter(roxmltree::Node::is_element) {
                assert!(known.contains(&node.tag_name().name()), "{node:?}");
                assert!(node.attributes().all(|it| !it.name().starts_with("on")));
            }
        }
        let csv = figure.csv();
        assert!(csv.lines().all(|line| !line.starts_with(['=', '+', '-', '@'])));
        assert!(csv.lines().all(|line| !line.contains(",=") && !line.contains("\"=")));
    }
}

#[test]
fn an_inline_drawing_is_small_and_takes_its_colours_from_the_page() {
    let svg = inline(&with_marks());
    assert!(svg.len() <= 15_000, "{} bytes", svg.len());
    assert!(!svg.contains("<style") && !svg.contains("style=") && !svg.contains('#'));
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let mut ids = 0;
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            ids += 1;
            assert!(id.starts_with("figure-7-"), "{id}");
        }
    }
    assert_eq!(ids, 2);
    let named = root.attribute("aria-labelledby").expect("named");
    assert_eq!(named, "figure-7-title figure-7-desc");
    let css = charts::page_css();
    for node in document.descendants().filter(|it| *it != root) {
        for class in node.attribute("class").into_iter().flat_map(str::split_whitespace) {
            assert!(css.contains(&format!(".chart .{class} ")), "{class} has no rule");
        }
    }
}

#[test]
fn a_standalone_picture_carries_its_words_and_colours() {
    let figure = with_marks();
    let auto = figure.svg(Dress::Standalone { theme: Theme::Auto });
    assert!(auto.contains("prefers-color-scheme:dark"));
    assert!(auto.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    for word in ["Publisher", "version 13", "CC BY-SA 4.0", "Edition 12", "http://localhost:3000/"] {
        assert!(auto.contains(word), "{word}");
    }
    let drawing = figure.at(Width::of(555)).drawing(Dress::Standalone { theme: Theme::Light });
    assert_eq!(drawing.width, 540);
    assert!(drawing.svg.contains(&format!("viewBox=\"0 0 540 {}\"", drawing.height)));
}

#[test]
fn no_line_is_drawn_across_a_gap_or_a_break() {
    let points = [2000, 2001, 2002, 2005, 2006, 2007, 2010].map(|year| point(year, 0.5));
    let mut given = input(vec![series("KEN", "Kenya", points.to_vec())]);
    given.breaks = vec![Break { year: 2007, name: "new method".to_owned() }];
    let svg = inline(&charts::indicator(given));
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let line = document.descendants().find(|it| it.attribute("data-iso3") == Some("KEN")).expect("the line");
    let steps: Vec<usize> =
        line.children().map(|it| it.attribute("d").map_or(0, |path| path.matches('l').count())).collect();
    // 2000–2002 and 2005–2006 as lines; 2007 behind the break and 2010 as dots.
    assert_eq!(steps, [2, 1, 0, 0]);
    assert!(svg.contains("2007: new method"));
}

#[test]
fn texts_stay_on_the_sheet_at_every_width() {
    let figure = with_marks();
    for pixels in (280..=2000).step_by(20) {
        let svg = inline(&figure.clone().at(Width::of(pixels)));
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        for node in document.descendants().filter(|it| it.has_tag_name("text")) {
            let x: f64 = node.attribute("x").expect("x").parse().expect("a number");
            assert!((0.0..=f64::from(pixels)).contains(&x), "{pixels}: {x} {:?}", node.text());
        }
    }
}

#[test]
fn beyond_seven_lines_one_stands_out() {
    let many = |count: usize| -> Vec<Series> {
        (0..count)
            .map(|at| {
                series(&format!("C{at}"), &format!("Land {at}"), vec![point(2000, 0.4), point(2001, 0.5)])
            })
            .collect()
    };
    let seven = inline(&charts::indicator(input(many(7))));
    assert!(seven.contains("class=\"s7\"") && !seven.contains("class=\"other\""));
    let mut eight = input(many(8));
    eight.highlight = Some("C5".to_owned());
    let eight = charts::indicator(eight);
    let svg = inline(&eight);
    assert_eq!(svg.matches("class=\"other\"").count(), 7);
    assert!(svg.contains(">Land 5<") && !svg.contains(">Land 4<"));
    assert!(eight.sentence().contains("Land 5"));
    assert_eq!(eight.json()["countries"][5]["highlighted"], true);
}

#[test]
fn a_png_shows_its_texts_on_its_ground() {
    let mut given =
        input(vec![series("EGY", "جمهورية مصر العربية", vec![point(2000, 0.4), point(2001, 0.5)])]);
    given.name = "Cộng hòa".to_owned();
    let figure = charts::indicator(given);
    for (theme, ground) in [(Theme::Light, [255, 255, 255]), (Theme::Dark, [0x15, 0x18, 0x1c])] {
        let png = figure.png(Width::of(480), theme).expect("a picture");
        let pixels = Pixmap::decode_png(&png).expect("a PNG");
        assert_eq!(pixels.width(), 480);
        let of = |x: u32, y: u32| {
            let it = pixels.pixel(x, y).expect("inside").demultiply();
            [it.red(), it.green(), it.blue()]
        };
        assert_eq!(of(2, 2), ground);
        // The title stands in the uppermost 40 pixels and nothing else does.
        let inked = (16..464).flat_map(|x| (14..40).map(move |y| (x, y)));
        let inked = inked.filter(|(x, y)| of(*x, *y) != ground).count();
        assert!(inked > 800, "{inked} pixels of text");
    }
    let wide = figure.png(Width::of(1600), Theme::Light).expect("a picture");
    assert_eq!(Pixmap::decode_png(&wide).expect("a PNG").width(), 1600);
}

#[test]
fn nothing_recorded_is_said() {
    let nothing = charts::indicator(input(vec![series("NRU", "Nauru", Vec::new())]));
    assert_eq!(nothing.sentence(), "No value of “Freedom of expression” is available for Nauru");
    assert!(inline(&nothing).contains(">No value of “Freedom of expression” is available for Nauru</text>"));
    assert!(nothing.table().rows.is_empty());
    let empty = charts::timeline(timeline(Vec::new()));
    assert_eq!(empty.sentence(), "No treaty action and no incident is recorded for Brazil");
    assert!(inline(&empty).contains(">No treaty action and no incident is recorded for Brazil</text>"));
}

#[test]
fn a_timeline_says_what_it_counts() {
    let mut unsure = mark(MarkShape::Incident, date(2015, 12, 1), "block");
    unsure.from.not_after = date(2015, 12, 31);
    unsure.until = Until::Ended(Bounds::day(date(2016, 1, 4)));
    let figure = charts::timeline(timeline(vec![
        mark(MarkShape::TreatyAction, date(2023, 3, 1), "in force"),
        unsure,
        mark(MarkShape::Incident, date(2024, 8, 30), "block"),
    ]));
    assert_eq!(
        figure.sentence(),
        "One treaty action, 1 March 2023; 2 incidents recorded, from December 2015 to 30 August 2024: \
         examples, not a full count"
    );
    assert_eq!(figure.table().rows[0][0], "December 2015 to 4 January 2016");
    assert!(figure.foot()[0].contains("day not known exactly"));
}

#[test]
fn a_small_figure_is_drawn_as_it_was_looked_at() {
    let mut given = input(vec![series(
        "BRA",
        "Brazil",
        vec![point(2015, 0.93), point(2016, 0.9), point(2018, 0.8), point(2019, 0.85)],
    )]);
    given.marks = vec![mark(MarkShape::Incident, date(2016, 7, 19), "WhatsApp blocked")];
    let figure = charts::indicator(given);
    insta::assert_snapshot!("indicator", inline(&figure).replace("><", ">\n<"));
    insta::assert_snapshot!("indicator-csv", figure.csv().replace("\r\n", "\n"));
    insta::assert_snapshot!("indicator-json", format!("{:#}", figure.json()));
    let timeline = charts::timeline(timeline(vec![
        mark(MarkShape::TreatyAction, date(2023, 3, 1), "Convention in force"),
        mark(MarkShape::Incident, date(2016, 7, 19), "WhatsApp blocked"),
    ]));
    insta::assert_snapshot!("timeline", inline(&timeline).replace("><", ">\n<"));
}

#[test]
fn a_name_before_its_mark_ends_at_it_in_whatever_type_it_is_shown() {
    let figure = charts::timeline(timeline(vec![
        mark(MarkShape::TreatyAction, date(2001, 5, 2), "ICCPR: signed"),
        mark(MarkShape::TreatyAction, date(2023, 3, 1), "Budapest Convention: in force"),
    ]));
    let svg = inline(&figure);
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let anchor = |begins: &str| {
        let mut texts = document.descendants().filter(|node| node.has_tag_name("text"));
        let label = texts.find(|node| node.text().is_some_and(|it| it.starts_with(begins)));
        label.expect("a label").ancestors().find_map(|node| node.attribute("text-anchor").map(str::to_owned))
    };
    assert_eq!(anchor("Budapest").as_deref(), Some("end"), "{svg}");
    assert_ne!(anchor("ICCPR").as_deref(), Some("end"), "{svg}");
}
