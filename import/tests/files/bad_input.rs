//! Every kind of bad input is refused or held with its row and column, and stops nothing else.

use std::collections::BTreeSet;

use domain::Day;
use domain::country::Gazetteer;
use domain::treaty::TreatySlug;
use import::{
    FileError, Known, Name, Outcome, actions, analysis, areas, groups, incidents, indicators, instruments,
    starter,
};
use proptest::prelude::*;

const AREAS: &str =
    "code,alpha2,name,kind,region,sub_region,existed_from,existed_to,administered_by,aliases,source_url\n";
const ACTIONS: &str = "treaty,country,kind,done_not_before,done_not_after,effect_not_before,effect_not_after,again,through,checked,form_note,provisions,text,text_is,source_url,source_title,seen_as_of,learned,used,why_not_used\n";
const GOOD_ACTION: &str = "budapest,BRA,accession,2022-11-30,2022-11-30,2023-03-01,2023-03-01,no,,yes,,,,,https://example.org/a,,,2026-11-23,yes,\n";

fn gazetteer() -> Gazetteer {
    let rows = format!(
        "{AREAS}BRA,BR,Brazil,state,,,,,,,x\nCIV,CI,Côte d’Ivoire,state,,,,,,Ivory Coast,x\nDDR,,German Democratic Republic,former-state,,,1949-10-07,1990-10-02,,,x\n"
    );
    Gazetteer::new(areas::read(rows.as_bytes()).expect("the rows are sound").values())
}

fn read_actions(rows: &str) -> Outcome<domain::treaty::TreatyAction> {
    let (countries, provisions) = (gazetteer(), BTreeSet::new());
    let treaties: BTreeSet<TreatySlug> = BTreeSet::from(["budapest".parse().expect("a slug")]);
    let known = Known { countries: &countries, treaties: &treaties, provisions: &provisions };
    actions::read(format!("{ACTIONS}{rows}").as_bytes(), &known).expect("the structure is sound")
}

/// The one refusal of a file: row, column, code.
fn refusal<T>(outcome: &Outcome<T>) -> (usize, &str, &str) {
    assert_eq!(outcome.refused.len(), 1, "{:?}", outcome.refused);
    assert!(outcome.held.is_empty(), "{:?}", outcome.held);
    let refusal = &outcome.refused[0];
    (refusal.row, &refusal.column, refusal.reason.code())
}

fn action_with(from: &str, to: &str) -> Outcome<domain::treaty::TreatyAction> {
    let bad = GOOD_ACTION.replacen(from, to, 1);
    assert_ne!(bad, GOOD_ACTION, "{from} is not in the row");
    let outcome = read_actions(&format!("{GOOD_ACTION}{bad}{GOOD_ACTION}"));
    assert_eq!(outcome.accepted.len(), 2, "the rows around it are taken");
    outcome
}

#[test]
fn a_bad_cell_refuses_its_row_alone_with_row_and_column() {
    for (from, to, column, code) in [
        ("accession", "joined", "kind", "not-in-list"),
        ("accession", "", "kind", "missing"),
        ("2022-11-30", "2022-02-31", "done_not_before", "no-such-day"),
        ("2022-11-30", "30/11/2022", "done_not_before", "not-a-date"),
        ("2022-11-30", "2022", "done_not_before", "not-a-date"),
        ("2022-11-30,2022-11-30", "2022-11-30,2022-11-29", "done_not_after", "end-before-start"),
        ("2023-03-01,2023-03-01", "2020-03-01,2020-03-01", "effect_not_after", "end-before-start"),
        (",no,", ",maybe,", "again", "not-in-list"),
        ("https://example.org/a", "javascript:alert(1)", "source_url", "not-an-address"),
        ("https://example.org/a", "", "source_url", "missing"),
        ("budapest,BRA", "Budapest!,BRA", "treaty", "not-in-list"),
        ("https://example.org/a,", "https://example.org/a,a\u{7}b", "source_title", "bad-characters"),
    ] {
        assert_eq!(refusal(&action_with(from, to)), (3, column, code), "{from} → {to}");
    }
}

#[test]
fn an_unknown_name_is_held_with_the_nearest_and_stops_nothing() {
    let outcome = action_with("BRA", "Brasilia");
    assert!(outcome.refused.is_empty());
    let held = &outcome.held[0];
    assert_eq!(
        (held.row, held.column.as_str(), held.value.as_str(), held.name),
        (3, "country", "Brasilia", Name::Country)
    );
    assert_eq!(held.near, ["Brazil"]);

    let outcome = action_with("budapest", "unheard-of");
    assert_eq!((outcome.held[0].row, outcome.held[0].name), (3, Name::Treaty));
}

#[test]
fn a_country_is_found_in_the_publisher_s_spelling() {
    let outcome = read_actions(&GOOD_ACTION.replace("BRA", " ivory coast "));
    assert_eq!(outcome.accepted[0].1.country.as_str(), "CIV");
}

#[test]
fn everything_that_is_wrong_with_a_row_is_said_at_once() {
    let bad = GOOD_ACTION.replace("accession", "joined").replace("2022-11-30", "yesterday");
    let outcome = read_actions(&bad);
    let columns: Vec<&str> = outcome.refused.iter().map(|r| r.column.as_str()).collect();
    assert_eq!(columns, ["kind", "done_not_before", "done_not_after"]);
    assert_eq!(outcome.refused[1].value, "yesterday");
}

#[test]
fn a_byte_order_mark_and_the_order_of_columns_do_not_matter() {
    let rows = "\u{feff}Name,code,alpha2,kind,region,sub_region,existed_from,existed_to,administered_by,aliases,source_url,extra\r\nBrazil,bra,BR,state,,,,,,,x,ignored\r\n";
    let outcome = areas::read(rows.as_bytes()).unwrap();
    assert!(outcome.is_clean(), "{outcome:?}");
    assert_eq!(outcome.accepted[0].1.code.as_str(), "BRA");
}

#[test]
fn the_apostrophe_that_keeps_a_spreadsheet_from_computing_is_taken_off() {
    for (cell, name) in [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'+1", "+1"),
        ("'-x", "-x"),
        ("'@x", "@x"),
        ("'s-Gravenhage", "'s-Gravenhage"),
    ] {
        let outcome = areas::read(format!("{AREAS}BRA,BR,{cell},state,,,,,,,x\n").as_bytes()).unwrap();
        assert_eq!(outcome.accepted[0].1.name, name);
    }
}

#[test]
fn a_file_that_is_not_whole_is_refused_whole() {
    let whole =
        format!("{AREAS}BRA,BR,Brazil,state,,,,,,,x\nCIV,CI,\"Côte d’Ivoire, Republic\",state,,,,,,,x\n");
    assert!(areas::read(whole.as_bytes()).unwrap().is_clean());
    for (bytes, error) in [
        (b"" as &[u8], FileError::Empty),
        (b"\n \n", FileError::Empty),
        (b"\xff\xfe\x00", FileError::NotText),
        (&whole.as_bytes()[..whole.len() - 8], FileError::RowLength { row: 3, cells: 5, headings: 11 }),
        (&whole.as_bytes()[..whole.len() - 22], FileError::CutOff),
        (b"code,code\n", FileError::HeadingTwice("code".into())),
    ] {
        assert_eq!(areas::read(bytes).unwrap_err(), error, "{:?}", String::from_utf8_lossy(bytes));
    }
    let missing =
        areas::read(whole.replacen("sub_region,", "", 1).replacen("kind", "sort", 1).as_bytes()).unwrap_err();
    assert_eq!(missing, FileError::MissingHeadings(vec!["kind".into(), "sub_region".into()]));
}

#[test]
fn a_code_or_slug_that_stands_twice_is_refused_in_the_later_row() {
    let row = "BRA,BR,Brazil,state,,,,,,,x\n";
    let outcome = areas::read(format!("{AREAS}{row}{row}{row}").as_bytes()).unwrap();
    assert_eq!(outcome.accepted.len(), 1);
    assert_eq!(
        outcome.refused.iter().map(|r| (r.row, r.reason.code())).collect::<Vec<_>>(),
        [(3, "duplicate"), (4, "duplicate")]
    );

    let text = String::from_utf8(crate::common::file("instruments.csv").unwrap()).unwrap();
    let doubled = format!("{text}{}\n", text.lines().nth(1).unwrap());
    assert_eq!(refusal(&instruments::read(doubled.as_bytes()).unwrap()), (17, "slug", "duplicate"));
}

#[test]
fn an_instrument_with_a_rule_nobody_knows_is_refused() {
    let text = String::from_utf8(crate::common::file("instruments.csv").unwrap()).unwrap();
    for (from, to, column, code) in [
        ("month-first-after:3", "soon", "effect_rule", "not-in-list"),
        ("coe-and-invited", "friends", "open_to", "not-in-list"),
        (",2004-07-01,", ",2004-07,", "in_force", "not-a-date"),
        (",81,2025-10-28,", ",many,2025-10-28,", "parties_count", "not-a-number"),
    ] {
        let bad = text.replacen(from, to, 1);
        assert_ne!(bad, text, "{from}");
        let outcome = instruments::read(bad.as_bytes()).unwrap();
        assert_eq!(refusal(&outcome), (2, column, code));
        assert_eq!(outcome.accepted.len(), 14);
    }
}

#[test]
fn a_membership_that_ends_before_it_began_is_refused() {
    let rows = "group,country,from,to,checked,source_url,note\nAU,BRA,2017-01-31,2016-01-31,no,,x\n";
    assert_eq!(refusal(&groups::read(rows.as_bytes(), &gazetteer()).unwrap()), (2, "to", "end-before-start"));
}

#[test]
fn observations_are_refused_when_missing_not_a_number_outside_the_scale_or_twice() {
    let indicators = indicators::read(&crate::common::file("indicators.csv").unwrap()).unwrap();
    let index = indicators.values().find(|i| i.code == "vdem-rule-of-law").unwrap();
    let read = |row: &str| {
        let rows = format!("country,year,value,low,high\nBRA,2000,0.5,,\n{row}\nBRA,2002,0.5,0.4,0.6\n");
        let outcome = indicators::observations(rows.as_bytes(), index, &gazetteer()).unwrap();
        assert_eq!(outcome.accepted.len(), 2, "{row}");
        outcome
    };
    for (row, column, code) in [
        ("BRA,2001,,,", "value", "missing"),
        ("BRA,2001,NaN,,", "value", "not-a-number"),
        ("BRA,2001,\"3(6)\",,", "value", "not-a-number"),
        ("BRA,2001,1.5,,", "value", "out-of-range"),
        ("BRA,2001,0.5,0.6,0.7", "value", "out-of-range"),
        ("BRA,two,0.5,,", "year", "not-a-number"),
        ("BRA,20010,0.5,,", "year", "out-of-range"),
        ("BRA,2000,0.6,,", "year", "duplicate"),
    ] {
        assert_eq!(refusal(&read(row)), (3, column, code), "{row}");
    }
    assert_eq!(read("Atlantis,2001,0.5,,").held[0].name, Name::Country);
}

#[test]
fn an_incident_is_refused_for_what_the_form_would_refuse_and_held_for_an_unknown_place() {
    let text = String::from_utf8(crate::common::file("incidents.csv").unwrap()).unwrap();
    let two = text.lines().take(2).collect::<Vec<_>>().join("\n");
    let today = Day::constant(2026, 11, 23);
    let read = |text: &str| {
        incidents::read(text.as_bytes(), &analysis::Said::default(), &gazetteer(), today).unwrap()
    };
    assert!(read(&two).is_clean(), "{:?}", read(&two));
    for (from, to, column, code) in [
        (",platform-blocking,", ",blockade,", "kind", "not-in-list"),
        (",2015-12-17,day,2015-12-17,day,", ",2015-12-17,day,2015-12-16,day,", "end", "end-before-start"),
        (
            ",2015-12-17,day,2015-12-17,day,",
            ",2015-12-17,month,2015-12-17,day,",
            "start_precision",
            "not-in-list",
        ),
        (",2015-12-17,day,2015-12-17,day,", ",2115-12-17,day,,,", "start", "in-the-future"),
        ("ngo;not recorded;media", "ngo", "source_types", "missing"),
        ("http://bloqueios.info", "bloqueios", "sources", "not-an-address"),
    ] {
        let bad = two.replacen(from, to, 1);
        assert_ne!(bad, two, "{from}");
        assert_eq!(refusal(&read(&bad)), (2, column, code), "{to}");
    }
    let held = read(&two.replacen(",BRA,BRA,", ",Atlantis,BRA,", 1)).held;
    assert_eq!(
        (held.len(), held[0].row, held[0].column.as_str(), held[0].name),
        (1, 2, "place_iso3", Name::Country)
    );
}

#[test]
fn a_link_to_an_incident_or_a_provision_that_is_not_on_record_is_held() {
    let (countries, keys) = (gazetteer(), BTreeSet::from(["a".to_owned()]));
    let treaties: BTreeSet<TreatySlug> = BTreeSet::from(["iccpr".parse().unwrap()]);
    let provisions = BTreeSet::from([("iccpr".parse().unwrap(), "19(3)".to_owned())]);
    let known = Known { countries: &countries, treaties: &treaties, provisions: &provisions };
    let row = |incident: &str, provision: &str| {
        format!(
            "incident,treaty,provision,way,strength,said_by,reason,source_url\n{incident},iccpr,{provision},obligation-at-stake,inference,us,,\n"
        )
    };
    assert!(analysis::links(row("a", "19(3)").as_bytes(), &keys, &known).unwrap().is_clean());
    assert_eq!(
        analysis::links(row("b", "19(3)").as_bytes(), &keys, &known).unwrap().held[0].name,
        Name::Incident
    );
    assert_eq!(
        analysis::links(row("a", "99").as_bytes(), &keys, &known).unwrap().held[0].name,
        Name::Provision
    );
}

#[test]
fn a_starter_file_that_is_missing_or_cut_off_stops_the_reading_and_is_named() {
    let today = Day::constant(2026, 11, 23);
    let error =
        starter::read(|name| crate::common::file(name).filter(|_| name != "groups.csv"), today).unwrap_err();
    assert_eq!((error.file.as_str(), &error.problem), ("groups.csv", &starter::StarterProblem::NotThere));
    let cut = |name: &str| {
        crate::common::file(name).map(|b| if name == "actions.csv" { b[..b.len() / 2].to_vec() } else { b })
    };
    assert_eq!(starter::read(cut, today).unwrap_err().file, "actions.csv");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = areas::read(&bytes);
        let _ = groups::read(&bytes, &gazetteer());
    }

    #[test]
    fn any_cell_is_accepted_refused_or_held_and_its_neighbours_are_taken(cell in "[^\"\\x00]{0,40}", column in 0usize..20) {
        let mut cells: Vec<String> = GOOD_ACTION.trim_end().split(',').map(str::to_owned).collect();
        cells[column] = format!("\"{cell}\"");
        let outcome = read_actions(&format!("{GOOD_ACTION}{}\n{GOOD_ACTION}", cells.join(",")));
        let rows: BTreeSet<usize> = outcome.accepted.iter().map(|(row, _)| *row).collect();
        prop_assert!(rows.contains(&2) && rows.contains(&4));
        let wrong = outcome.refused.iter().map(|r| r.row).chain(outcome.held.iter().map(|h| h.row));
        prop_assert!(wrong.clone().all(|row| row == 3));
        prop_assert_eq!(rows.contains(&3), wrong.count() == 0);
    }
}
