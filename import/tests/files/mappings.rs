//! Mappings against files nobody has seen: other years, other treaties, other publishers; with fictional figures.

use std::collections::BTreeSet;

use domain::indicator::Observation;
use domain::treaty::{ActionKind, TreatyAction};
use import::mapping::{self, Mapping, MappingError, Report, StatusOf};
use import::sheets::{Hints, Input, Limits, Sheets};
use import::{FileError, Known, Name};

use super::shared;

fn sheets(text: &str) -> Sheets {
    Sheets::read(Input::Bytes(text.as_bytes().to_vec()), Hints::default(), Limits::default()).expect("sound")
}

fn status(text: &str) -> (Vec<TreatyAction>, Report) {
    let countries = shared::countries();
    let treaties: BTreeSet<_> = ["budapest".parse().expect("a slug")].into();
    let known = Known { countries: &countries, treaties: &treaties, provisions: &BTreeSet::new() };
    let of = StatusOf {
        treaty: "budapest".parse().expect("a slug"),
        as_of: Some("2025-01-31".parse().expect("a day")),
        today: "2026-11-25".parse().expect("a day"),
        source_url: "https://example.org/chart".to_owned(),
        source_title: "A chart".to_owned(),
    };
    let (sheets, mappings) = (sheets(text), mapping::known().expect("sound"));
    let found = mapping::find(&sheets, &mappings).expect("known");
    let (actions, report) = mapping::actions(&found, &of, &known).expect("read");
    (actions.into_iter().map(|(_, action)| action).collect(), report)
}

#[test]
fn a_chart_of_the_council_of_europe_is_read_with_its_marks() {
    let (actions, report) = status(
        "Members of Council of Europe;Signature;Ratification;Entry into force;Notes;R.;D.;A.\n\
         Albania;23/11/2001;20/06/2002;01/07/2004;;;X;X\n\
         Ghana;;03/12/2018 a;01/04/2019;;;;\n\
         Liechtenstein;17/11/2008;;;;;;\n",
    );
    assert!(report.refused.is_empty() && report.held.is_empty(), "{:?} {:?}", report.refused, report.held);
    let said: Vec<(String, ActionKind, String)> = actions
        .iter()
        .map(|a| {
            let day = a.done.exact().map(|day| day.to_string()).unwrap_or_default();
            (a.country.to_string(), a.kind, day)
        })
        .collect();
    let expected = [
        ("ALB", ActionKind::Signature, "2001-11-23"),
        ("ALB", ActionKind::Ratification, "2002-06-20"),
        ("ALB", ActionKind::EntryIntoForce, "2004-07-01"),
        ("ALB", ActionKind::Declaration, ""),
        ("GHA", ActionKind::Accession, "2018-12-03"),
        ("GHA", ActionKind::EntryIntoForce, "2019-04-01"),
        ("LIE", ActionKind::Signature, "2008-11-17"),
    ];
    let expected = expected.map(|(country, kind, day)| (country.to_owned(), kind, day.to_owned()));
    assert_eq!(said, expected);
    assert!(
        actions.iter().all(|a| a.done.not_after.is_some()),
        "what has no day was done by the day of the chart"
    );
    assert_eq!(report.unused, ["Notes", "A."], "what nobody makes anything of is shown");
}

#[test]
fn an_ended_participation_is_a_consent_and_a_departure_on_an_unknown_day() {
    let (actions, _) =
        status("Participant,Signature,\"Accession(a), Ratification\"\nAlbania,,[ 1 Jan 1990 a]\n");
    let kinds: Vec<ActionKind> = actions.iter().map(|a| a.kind).collect();
    assert_eq!(kinds, [ActionKind::Accession, ActionKind::Denunciation]);
    assert_eq!(actions[0].done.exact().map(|day| day.to_string()).as_deref(), Some("1990-01-01"));
    assert_eq!(actions[1].done.exact(), None);
    assert_eq!(actions[1].done.not_before.map(|day| day.to_string()).as_deref(), Some("1990-01-01"));
    assert_eq!(actions[1].done.not_after.map(|day| day.to_string()).as_deref(), Some("2025-01-31"));
}

#[test]
fn a_mark_nobody_explains_a_day_that_is_none_and_a_name_nobody_knows_stop_nothing_else() {
    let (actions, report) = status(
        "Participant,Signature,\"Accession(a), Ratification\"\n\
         Albania,,1 Jan 1990 q\nGhana,soon,\nExamplia,,2 Jan 1990\nBrazil 3,,2 Jan 1990\n",
    );
    let refused: Vec<(usize, &str)> = report.refused.iter().map(|r| (r.row, r.column.as_str())).collect();
    assert!(refused.contains(&(2, "Accession(a), Ratification")), "{refused:?}");
    assert!(refused.contains(&(3, "Signature")), "{refused:?}");
    assert_eq!(report.held.len(), 1);
    assert_eq!((report.held[0].name, report.held[0].value.as_str()), (Name::Country, "Examplia"));
    assert_eq!(actions.len(), 1, "the mark of an end note after a name is no part of it");
    assert_eq!(actions[0].country.as_str(), "BRA");
}

/// A table of the shape country × year that no mapping of ours knows: whoever imports it writes one.
const MATRIX: &str = r#"
name = "example-matrix"
title = "An index, by country and year"
makes = "observations"
publisher = "Example Institute"
source_url = "https://example.org/index"
licence = "CC BY 4.0"
release = "2026"

[[indicator]]
code = "example-index"
name = "An index"
unit = "points"
scale_low = 0.0
scale_high = 10.0
direction = "higher-is-better"
method = "Points given."

[[sheet]]
find = ["Country Name", "Country Code"]
missing = [".."]

[[sheet.field]]
to = "country"
from = ["Country Code"]

[[sheet.unfold]]
headings = '^(?<year>\d{4})( \[YR\d{4}\])?$'
to = "value"
set = { indicator = "example-index" }
"#;

fn observed(mapping: &str, text: &str) -> (Vec<Observation>, Report) {
    let mappings = [Mapping::parse(mapping).expect("sound")];
    let sheets = sheets(text);
    let found = mapping::find(&sheets, &mappings).expect("known");
    let mut all = Vec::new();
    let indicators = mappings[0].indicators();
    let report = mapping::observations(&found, &indicators, &shared::countries(), |_, it| all.push(it));
    (all, report.expect("read"))
}

#[test]
fn a_table_of_country_and_year_is_read_through_ones_own_mapping() {
    let text = "Data from database\n\nCountry Name,Country Code,1999 [YR1999],2000 [YR2000]\n\
                Brazil,BRA,1.5,..\nRomania,ROM,,9\nZaire,ZAR,11,x\n";
    // Two rows stand above the headings, shorter than them: what is above the headings is no row of the table.
    let (all, report) = observed(MATRIX, text);
    let said: Vec<(&str, i16, f64)> = all.iter().map(|o| (o.country.as_str(), o.year, o.value)).collect();
    assert_eq!(said, [("BRA", 1999, 1.5), ("ROU", 2000, 9.0)]);
    let refused: Vec<(usize, &str, &str)> =
        report.refused.iter().map(|r| (r.row, r.column.as_str(), r.reason.code())).collect();
    assert_eq!(refused, [(6, "1999 [YR1999]", "out-of-range"), (6, "2000 [YR2000]", "not-a-number")]);
}

#[test]
fn a_file_with_a_row_cut_short_is_refused_whole() {
    let mappings = [Mapping::parse(MATRIX).expect("sound")];
    let sheets = sheets("Country Name,Country Code,1999\nBrazil,BRA,1.5\nRomania,RO\n");
    let refused = mapping::find(&sheets, &mappings).map(|found| found.mapping.name.clone());
    assert_eq!(refused, Err(FileError::RowLength { row: 3, cells: 2, headings: 3 }));
}

#[test]
fn a_layout_nobody_knows_and_a_mapping_that_is_none_are_refused() {
    let known = mapping::known().expect("sound");
    let unknown = mapping::find(&sheets("a,b\n1,2\n"), &known).map(|found| found.mapping.name.clone());
    assert_eq!(unknown, Err(FileError::UnknownLayout));
    let Err(MappingError::Schema(said)) = Mapping::parse(&MATRIX.replace("licence =", "license =")) else {
        panic!("taken")
    };
    assert!(said.contains("license"), "it says which key: {said}");
    assert!(Mapping::parse(&MATRIX.replace("(?<year>", "(?<year")).is_err(), "a pattern that is none");
}

#[test]
fn a_later_year_of_stop_is_read_by_the_same_mapping() {
    let text = "start_date,country,geo_scope,area_name,shutdown_type,shutdown_extent,ordered_by,whatsapp_affected,end_date,a_new_column\n\
                2024-02-03,Examplia,Not sure,Port Example,Shutdown,Service-based,Judiciary,Yes,2024-02-05,x\n\
                2024-02-03,Brazil,Not sure,Port Example,Shutdown,Service-based,Judiciary,Yes,2024-02-05,x\n";
    let (sheets, known) = (sheets(text), mapping::known().expect("sound"));
    let found = mapping::find(&sheets, &known).expect("known");
    let today = "2026-11-25".parse().expect("a day");
    let (cases, report) = mapping::incidents(&found, &shared::countries(), today).expect("read");
    assert_eq!(report.held.len(), 2, "as a place and as an actor: {:?}", report.held);
    assert_eq!(report.unused, ["a_new_column"]);
    assert_eq!(cases.len(), 1);
    let draft = &cases[0].draft;
    assert_eq!((draft.kind.as_str(), draft.authority_kind.as_str()), ("platform-blocking", "court"));
    assert_eq!(
        (draft.services.as_str(), draft.title.as_str()),
        ("WhatsApp", "Services blocked: Port Example, Brazil")
    );
    assert!(cases[0].needs.iter().any(|(field, _)| field.starts_with("sources")), "{:?}", cases[0].needs);
}
