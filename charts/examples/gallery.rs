//! Writes pictures of every kind of figure into a folder, to be looked at.
//!
//! `cargo run -p charts --example gallery -- FOLDER`. The numbers are made up.

use std::error::Error;
use std::fs;
use std::path::Path;

use charts::{
    Bounds, Break, Counting, Country, Dress, Figure, IndicatorInput, Mark, MarkShape, Point, Provenance,
    Series, Theme, TimelineInput, Until, Width,
};
use jiff::civil::{Date, date};
use text::{Language, Text};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let mut page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Gallery</title><style>{}\
         body {{ background: var(--chart-ground); color: var(--chart-ink); font: 16px system-ui, sans-serif }}\
         </style>",
        charts::page_css()
    );
    for (name, figure) in figures() {
        for (width, theme, suffix) in
            [(720, Theme::Light, "light"), (720, Theme::Dark, "dark"), (360, Theme::Light, "narrow")]
        {
            let width = Width::of(width);
            let svg = figure.clone().at(width).svg(Dress::Standalone { theme });
            fs::write(folder.join(format!("{name}-{suffix}.svg")), svg)?;
            let png = figure.png(width, theme)?;
            fs::write(folder.join(format!("{name}-{suffix}.png")), png)?;
        }
        let inline = figure.svg(Dress::Inline { id: name });
        page.push_str(&format!("<figure><p>{}</p>{inline}</figure>", figure.sentence()));
        println!("{name}: inline {} bytes; {}", inline.len(), figure.sentence());
    }
    fs::write(folder.join("inline.html"), page)?;
    Ok(())
}

fn figures() -> Vec<(&'static str, Figure)> {
    let brazil = || series("BRA", "Brazil", 0.93, -0.02);
    let names = [
        ("BRA", "Brazil"),
        ("DEU", "Germany"),
        ("GHA", "Ghana"),
        ("IND", "India"),
        ("USA", "United States"),
        ("VNM", "Cộng hòa Xã hội chủ nghĩa Việt Nam"),
        ("EGY", "جمهورية مصر العربية"),
    ];
    let seven: Vec<Series> = (0..)
        .zip(names)
        .map(|(at, (iso3, name))| series(iso3, name, 0.95 - 0.02 * f64::from(at), -0.03))
        .collect();
    let spread_out: Vec<Series> = (0..)
        .zip(names)
        .map(|(at, (iso3, name))| series(iso3, name, 0.95 - 0.13 * f64::from(at), 0.004))
        .collect();
    let twenty: Vec<Series> = (0..20)
        .map(|at| {
            let name = format!("Country {at}");
            series(&format!("C{at:02}"), &name, 0.95 - 0.04 * f64::from(at), 0.01)
        })
        .collect();
    let mut gap = with_intervals(series("KEN", "Kenya", 0.6, 0.03));
    gap.points.retain(|it| it.year != 2001 && !(2009..2012).contains(&it.year) && it.year < 2020);
    let mut lone = with_intervals(series("TLS", "Timor-Leste", 0.7, 0.0));
    lone.points.truncate(1);
    let mut one = input(vec![brazil()]);
    one.marks = marks();
    let mut two = input(vec![with_intervals(brazil()), with_intervals(series("IND", "India", 0.8, -0.03))]);
    two.marks = marks();
    let mut broken = input(vec![gap]);
    broken.breaks = vec![
        Break { year: 2006, name: "new questionnaire <&>".to_owned() },
        Break { year: 2008, name: "coders changed".to_owned() },
    ];
    let mut none = input(vec![Series { country: Country::new("XXX", "Nauru"), points: vec![] }]);
    none.marks = marks().into_iter().take(2).collect();
    let nothing = input(vec![Series { country: Country::new("XXX", "Nauru"), points: vec![] }]);
    let mut governance = input(vec![with_intervals(brazil())]);
    governance.scale = Some((-2.5, 2.5));
    vec![
        ("one", charts::indicator(one)),
        ("two", charts::indicator(two)),
        ("seven", charts::indicator(input(seven))),
        ("spread", charts::indicator(input(spread_out))),
        ("twenty", charts::indicator(input(twenty))),
        ("gap", charts::indicator(broken)),
        ("lone", charts::indicator(input(vec![lone]))),
        ("none", charts::indicator(none)),
        ("nothing", charts::indicator(nothing)),
        ("governance", charts::indicator(governance)),
        ("timeline", charts::timeline(timeline(marks()))),
        ("timeline-forty", charts::timeline(timeline(forty()))),
        ("timeline-nothing", charts::timeline(timeline(Vec::new()))),
    ]
}

/// A series that wanders, the same at every run.
fn series(iso3: &str, name: &str, start: f64, turn: f64) -> Series {
    let points = (2000..=2023).map(|year: i16| {
        let at = f64::from(year - 2000);
        let dip = if year > 2015 { turn * (at - 15.0).min(6.0) } else { 0.0 };
        let back = if year > 2021 { -turn * (at - 21.0) * 2.0 } else { 0.0 };
        let value = start + 0.012 * (at * 1.7 + start * 40.0).sin() + dip + back;
        let value = (value.clamp(0.02, 0.98) * 1000.0).round() / 1000.0;
        Point { year, value, low: None, high: None }
    });
    Series { country: Country::new(iso3, name), points: points.collect() }
}

fn with_intervals(mut series: Series) -> Series {
    for point in &mut series.points {
        point.low = Some(point.value - 0.06);
        point.high = Some(point.value + 0.04);
    }
    series
}

fn input(series: Vec<Series>) -> IndicatorInput {
    IndicatorInput {
        text: Text::new(Language::English),
        code: "example".to_owned(),
        name: "Freedom of expression".to_owned(),
        unit: "index".to_owned(),
        direction: "higher is freer".to_owned(),
        decimals: 2,
        scale: Some((0.0, 1.0)),
        series,
        highlight: None,
        breaks: Vec::new(),
        marks: Vec::new(),
        first_year: None,
        last_year: None,
        provenance: provenance(),
    }
}

fn timeline(marks: Vec<Mark>) -> TimelineInput {
    TimelineInput {
        text: Text::new(Language::English),
        country: Country::new("BRA", "Brazil"),
        marks,
        counting: Counting::Examples,
        today: date(2026, 11, 23),
        provenance: provenance(),
    }
}

fn provenance() -> Provenance {
    Provenance {
        publisher: "made-up numbers for looking at".to_owned(),
        release: Some("version 1".to_owned()),
        newer_release: Some("version 2".to_owned()),
        licence: "CC BY-SA 4.0".to_owned(),
        address: "http://localhost:3000/charts/indicator.svg?country=BRA".to_owned(),
        edition: Some(12),
        notes: Vec::new(),
    }
}

fn mark(shape: MarkShape, day: Date, label: &str, short: &str) -> Mark {
    Mark {
        shape,
        from: Bounds::day(day),
        until: Until::Open,
        label: label.to_owned(),
        short_label: short.to_owned(),
        kind: "kind of record".to_owned(),
        reference: None,
    }
}

fn marks() -> Vec<Mark> {
    use MarkShape::{Incident, TreatyAction};
    let mut throttled = mark(Incident, date(2019, 3, 1), "Mobile networks throttled", "Throttling");
    throttled.from.not_after = date(2020, 6, 30);
    let mut law = mark(Incident, date(2021, 5, 4), "Messenger blocked since the law of 2021", "Blocked");
    law.until = Until::Ongoing(date(2023, 2, 1));
    let mut long = mark(Incident, date(2008, 2, 1), "Platform blocked for two years", "Platform blocked");
    long.until = Until::Ended(Bounds::day(date(2010, 4, 1)));
    vec![
        mark(TreatyAction, date(1992, 1, 24), "Covenant: accession", "Covenant"),
        mark(Incident, date(2015, 12, 16), "WhatsApp blocked by court order", "WhatsApp blocked"),
        mark(Incident, date(2016, 5, 2), "WhatsApp blocked again, by another court", "Blocked again"),
        mark(Incident, date(2016, 7, 19), "WhatsApp blocked for the third time", "Third block"),
        throttled,
        law,
        long,
        mark(TreatyAction, date(2022, 11, 30), "Budapest Convention: accession", "Budapest"),
        mark(TreatyAction, date(2023, 3, 1), "Budapest Convention: in force", "In force"),
        mark(TreatyAction, date(2025, 10, 25), "UN Convention: signature", "UN: signed"),
    ]
}

fn forty() -> Vec<Mark> {
    let mut marks = marks();
    for at in 0..30i16 {
        let day = date(2012 + at / 3, 1 + i8::try_from(at % 12).unwrap_or(0), 3);
        let label = format!("Incident number {at} of a long list of incidents");
        marks.push(mark(MarkShape::Incident, day, &label, &format!("Incident {at}")));
    }
    marks
}
