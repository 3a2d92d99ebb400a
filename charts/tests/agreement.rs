//! Picture, table, CSV, JSON and sentence of one figure say the same.

mod common;

use std::collections::BTreeMap;

use charts::{Bounds, Break, Dress, Figure, MarkShape, Point, Series, Theme, Until};
use common::{input, mark, series, timeline};
use jiff::civil::date;
use proptest::prelude::*;

/// (iso3, year) → value, low, high.
type Numbers = BTreeMap<(String, i64), (f64, Option<f64>, Option<f64>)>;

fn from_json(figure: &Figure) -> Numbers {
    let json = figure.json();
    let mut numbers = Numbers::new();
    for country in json["countries"].as_array().expect("a list") {
        for point in country["points"].as_array().expect("a list") {
            let key = (
                country["iso3"].as_str().expect("words").to_owned(),
                point["year"].as_i64().expect("a year"),
            );
            let value = point["value"].as_f64().expect("a number");
            numbers.insert(key, (value, point["low"].as_f64(), point["high"].as_f64()));
        }
    }
    numbers
}

/// The generated texts hold no comma, so that lines split plainly.
fn from_csv(figure: &Figure) -> Numbers {
    let csv = figure.csv();
    let mut lines = csv.lines().skip_while(|line| line.starts_with("# "));
    assert_eq!(lines.next(), Some("iso3,country,indicator,year,value,low,high,note"));
    let mut numbers = Numbers::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        if let Ok(value) = cells[4].parse() {
            let key = (cells[0].to_owned(), cells[3].parse().expect("a number"));
            numbers.insert(key, (value, cells[5].parse().ok(), cells[6].parse().ok()));
        }
    }
    numbers
}

fn from_svg(figure: &Figure) -> BTreeMap<(String, i64), f64> {
    let svg = figure.svg(Dress::Inline { id: "a" });
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let mut numbers = BTreeMap::new();
    for node in document.descendants() {
        let (Some(iso3), Some(values)) = (node.attribute("data-iso3"), node.attribute("data-values")) else {
            continue;
        };
        for pair in values.split(',') {
            let (year, value) = pair.split_once(' ').expect("year and value");
            numbers
                .insert((iso3.to_owned(), year.parse().expect("a number")), value.parse().expect("a number"));
        }
    }
    numbers
}

fn shown(number: f64) -> String {
    format!("{number:.2}").replace('-', "\u{2212}").replace("\u{2212}0.00", "0.00")
}

/// (iso3, year) → value, low and high as the table shows them, where there is a value.
fn from_table(figure: &Figure, all: &[Series]) -> BTreeMap<(String, i64), [String; 3]> {
    let table = figure.table();
    let many = usize::from(table.heads.len() == 6);
    let mut numbers = BTreeMap::new();
    for row in &table.rows {
        assert_eq!(row.len(), table.heads.len());
        let country = if many == 1 {
            all.iter().find(|it| it.country.name == row[0]).expect("there")
        } else {
            all.iter().find(|it| !it.points.is_empty()).expect("there")
        };
        if row[many + 1] != "not available" {
            let key = (country.country.iso3.clone(), row[many].parse().expect("a number"));
            let cells = [&row[many + 1], &row[many + 2], &row[many + 3]].map(Clone::clone);
            numbers.insert(key, cells);
        }
    }
    numbers
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    let one = (1990..2025i16, -3.0..3.0f64, proptest::option::of(0.0..0.5f64));
    let point = one.prop_map(|(year, value, half)| Point {
        year,
        value,
        low: half.map(|it| value - it),
        high: half.map(|it| value + it),
    });
    proptest::collection::vec(point, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_way_of_looking_at_an_indicator_has_the_same_numbers(
        lists in proptest::collection::vec(points(), 1..10),
        scale in proptest::option::of(Just((-2.5, 2.5))),
        break_year in proptest::option::of(1990..2025i16),
        marked in proptest::option::of(1980..2027i16),
    ) {
        let all: Vec<Series> = lists
            .into_iter()
            .enumerate()
            .map(|(at, points)| series(&format!("C{at:02}"), &format!("Country {at}"), points))
            .collect();
        let mut given = input(all.clone());
        given.scale = scale;
        given.breaks = break_year
            .map(|year| Break { year, name: "new method".to_owned() })
            .into_iter()
            .collect();
        given.marks = marked
            .map(|year| mark(MarkShape::Incident, date(year, 5, 2), "block"))
            .into_iter()
            .collect();
        let figure = charts::indicator(given);

        let json = from_json(&figure);
        prop_assert_eq!(&json, &from_csv(&figure));
        let values: BTreeMap<_, _> = json.iter().map(|(key, it)| (key.clone(), it.0)).collect();
        prop_assert_eq!(values, from_svg(&figure));
        let as_shown: BTreeMap<_, _> = json
            .iter()
            .map(|(key, (value, low, high))| {
                let bound = |it: &Option<f64>| it.map_or("not given".to_owned(), shown);
                (key.clone(), [shown(*value), bound(low), bound(high)])
            })
            .collect();
        prop_assert_eq!(as_shown, from_table(&figure, &all));
        // What went in came out: of two points for one year, the first.
        for one in &all {
            for (at, point) in one.points.iter().enumerate() {
                if one.points[..at].iter().all(|earlier| earlier.year != point.year) {
                    let key = (one.country.iso3.clone(), i64::from(point.year));
                    prop_assert_eq!(json[&key].0, point.value);
                }
            }
        }
        // The sentence tells no number that the table does not show.
        let table = figure.table();
        let cells: Vec<&String> = table.rows.iter().flatten().collect();
        for word in figure.sentence().split(|it: char| it.is_whitespace() || "(),;".contains(it)) {
            if word.contains('.') {
                prop_assert!(cells.iter().any(|cell| *cell == word), "{word}");
            }
        }
    }

    #[test]
    fn every_way_of_looking_at_a_timeline_has_the_same_dates(
        days in proptest::collection::vec((1960..2026i16, 1..13i8, 0..400i64, any::<bool>()), 0..50)
    ) {
        let marks: Vec<_> = days
            .iter()
            .enumerate()
            .map(|(at, (year, month, unsure, action))| {
                let shape = if *action { MarkShape::TreatyAction } else { MarkShape::Incident };
                let day = date(*year, *month, 3);
                let mut mark = mark(shape, day, &format!("event {at}"));
                if at % 3 == 0 {
                    mark.from.not_after = day + jiff::Span::new().days(*unsure);
                }
                if at % 4 == 0 {
                    mark.until = Until::Ended(Bounds::day(mark.from.not_after + jiff::Span::new().days(9)));
                } else if at % 5 == 0 {
                    mark.until = Until::Ongoing(mark.from.not_after + jiff::Span::new().days(30));
                }
                mark
            })
            .collect();
        let figure = charts::timeline(timeline(marks.clone()));
        let json = figure.json();
        let listed = json["marks"].as_array().expect("a list");
        let table = figure.table();
        let csv = figure.csv();
        let rows: Vec<&str> = csv.lines().skip_while(|it| it.starts_with("# ")).skip(1).collect();
        let svg = figure.svg(Dress::Standalone { theme: Theme::Light });
        prop_assert_eq!([listed.len(), table.rows.len(), rows.len()], [marks.len(); 3]);
        for ((one, row), line) in listed.iter().zip(&table.rows).zip(rows) {
            let given = marks.iter().find(|it| one["label"] == it.label.as_str()).expect("there");
            let cells: Vec<&str> = line.split(',').collect();
            prop_assert_eq!(cells[3], &given.label);
            prop_assert_eq!(cells[4], given.from.not_before.to_string());
            prop_assert_eq!(cells[5], given.from.not_after.to_string());
            prop_assert_eq!(one["from"]["not_before"].as_str().expect("words"), cells[4]);
            prop_assert_eq!(one["from"]["not_after"].as_str().expect("words"), cells[5]);
            prop_assert_eq!(one["ongoing_on"].as_str().unwrap_or(""), cells[8]);
            prop_assert_eq!(&row[3], &given.label);
            // The picture's title of the mark says when, as the table does.
            let title = format!("{}, {}</title>", given.label, row[0]);
            prop_assert!(svg.contains(&title), "{}", title);
        }
    }
}
