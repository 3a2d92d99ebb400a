//! Files as publishers hand them out, read as they are.

use std::collections::{BTreeMap, BTreeSet};

use domain::indicator::Observation;
use domain::treaty::{ActionKind, TreatySlug};
use import::Known;
use import::mapping::{self, Found, Mapping, StatusOf};

use super::shared;

fn mappings() -> Vec<Mapping> {
    mapping::known().expect("the mappings of known publishers are sound")
}

fn day(text: &str) -> domain::Day {
    text.parse().expect("a day")
}

fn observed(found: &Found<'_>) -> (BTreeMap<String, Vec<Observation>>, mapping::Report) {
    let indicators = found.mapping.indicators();
    let mut all: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    let report = mapping::observations(found, &indicators, &shared::countries(), |at, observation| {
        all.entry(indicators[at].code.clone()).or_default().push(observation);
    });
    (all, report.expect("read"))
}

fn value(all: &BTreeMap<String, Vec<Observation>>, indicator: &str, country: &str, year: i16) -> Option<f64> {
    let of = |o: &&Observation| o.country.as_str() == country && o.year == year;
    all.get(indicator)?.iter().find(of).map(|o| o.value)
}

#[test]
fn v_dem_is_read_with_former_states_and_without_the_empty_cells() {
    let Some(sheets) = shared::sheets("indicators/v-dem-14-excerpt.csv") else { return };
    let mappings = mappings();
    let found = mapping::find(&sheets, &mappings).expect("known");
    assert_eq!(found.mapping.name, "v-dem");
    let (all, report) = observed(&found);
    assert_eq!((report.refused.len(), report.held.len()), (0, 0), "{:?} {:?}", report.refused, report.held);
    assert_eq!(value(&all, "vdem-freedom-of-expression", "MEX", 1970), Some(0.472));
    assert_eq!(value(&all, "vdem-internet-censorship", "MEX", 1970), None, "an empty cell is no figure");
    let former: BTreeSet<&str> = all
        .values()
        .flatten()
        .map(|o| o.country.as_str())
        .filter(|c| ["DDR", "YMD", "VDR"].contains(c))
        .collect();
    assert_eq!(former.len(), 3, "{former:?}");
}

#[test]
fn the_world_bank_workbook_is_read_through_its_preamble_and_two_rows_of_headings() {
    let Some(sheets) = shared::sheets("indicators/wgi-1996-2019.xlsx") else { return };
    let mappings = mappings();
    let found = mapping::find(&sheets, &mappings).expect("known");
    assert_eq!(found.mapping.name, "world-bank-wgi");
    assert_eq!(found.passed_over, ["Introduction"]);
    let (all, report) = observed(&found);
    assert_eq!(
        (report.refused.len(), report.held.len()),
        (0, 0),
        "{:?} {:?}",
        report.refused.first(),
        report.held.first()
    );
    assert_eq!(all.len(), 6);
    assert_eq!(value(&all, "wgi-voice-and-accountability", "AND", 1996), Some(98.5), "ADO is Andorra");
    assert_eq!(value(&all, "wgi-voice-and-accountability", "ABW", 1996), None, "#N/A is no figure");
    let years: BTreeSet<i16> = all.values().flatten().map(|o| o.year).collect();
    assert!(!years.contains(&1997) && !years.contains(&2001), "{years:?}");
}

#[test]
fn freedom_house_is_read_and_two_values_in_one_cell_are_refused() {
    let Some(sheets) = shared::sheets("indicators/freedom-in-the-world-1972-2019.csv") else { return };
    let mappings = mappings();
    let found = mapping::find(&sheets, &mappings).expect("known");
    let (all, report) = observed(&found);
    assert!(report.held.is_empty(), "{:?}", report.held.first());
    let refused: Vec<&str> = report.refused.iter().map(|refusal| refusal.value.as_str()).collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused.iter().all(|value| value.contains('(')), "{refused:?}");
    assert!(
        report.refused.iter().all(|r| ["Political.Rights", "Civil.Liberties"].contains(&r.column.as_str()))
    );
    assert_eq!(value(&all, "fh-political-rights", "AFG", 1972), Some(5.0));
    // Freedom House gives former states the codes of today's; they are kept apart all the same.
    assert_eq!(value(&all, "fh-political-rights", "DDR", 1980), Some(7.0));
    assert_eq!(value(&all, "fh-political-rights", "DEU", 1980), Some(2.0));
    assert!(!all["fh-political-rights"].iter().any(|o| o.year == 1989), "there is no row for 1989");
}

fn known_treaties() -> (BTreeSet<TreatySlug>, BTreeSet<(TreatySlug, String)>) {
    (["iccpr", "iccpr-op1", "cat"].map(|slug| slug.parse().expect("a slug")).into(), BTreeSet::new())
}

fn status_of(treaty: &str) -> StatusOf {
    StatusOf {
        treaty: treaty.parse().expect("a slug"),
        as_of: Some(day("2015-03-31")),
        today: day("2026-11-25"),
        source_url: "https://treaties.un.org/".to_owned(),
        source_title: String::new(),
    }
}

#[test]
fn the_un_tables_are_read_by_the_legend_in_their_headings() {
    let countries = shared::countries();
    let (treaties, provisions) = known_treaties();
    let known = Known { countries: &countries, treaties: &treaties, provisions: &provisions };
    let mappings = mappings();
    for (file, treaty, parties) in [("4-4", "iccpr", 168), ("4-5", "iccpr-op1", 117), ("4-9", "cat", 157)] {
        let Some(sheets) = shared::sheets(&format!("untc/{file}.csv")) else { return };
        let found = mapping::find(&sheets, &mappings).expect("known");
        assert_eq!(found.mapping.name, "un-treaty-collection");
        let (actions, report) = mapping::actions(&found, &status_of(treaty), &known).expect("read");
        assert_eq!(
            (report.refused.len(), report.held.len()),
            (0, 0),
            "{file}: {:?} {:?}",
            report.refused,
            report.held
        );
        let consents = actions.iter().filter(|(_, action)| action.kind.is_consent()).count();
        assert_eq!(consents, parties, "{file}");
    }
    let Some(sheets) = shared::sheets("untc/4-4.csv") else { return };
    let found = mapping::find(&sheets, &mappings).expect("known");
    let (actions, _) = mapping::actions(&found, &status_of("iccpr"), &known).expect("read");
    let of = |country: &str| -> Vec<(ActionKind, String)> {
        let of = |(_, a): &&(usize, domain::treaty::TreatyAction)| a.country.as_str() == country;
        let said = |(_, a): &(usize, domain::treaty::TreatyAction)| {
            (a.kind, a.done.exact().map(|day| day.to_string()).unwrap_or_default())
        };
        actions.iter().filter(of).map(said).collect()
    };
    assert_eq!(of("AFG"), [(ActionKind::Accession, "1983-01-24".to_owned())]);
    assert_eq!(of("BIH"), [(ActionKind::Succession, "1993-09-01".to_owned())]);
    assert_eq!(of("CHN"), [(ActionKind::Signature, "1998-10-05".to_owned())]);
}

#[test]
fn declarations_are_read_and_each_waits_to_be_checked() {
    let Some(sheets) = shared::sheets("untc/4-4-declarations.txt") else { return };
    let countries = shared::countries();
    let (treaties, provisions) = known_treaties();
    let known = Known { countries: &countries, treaties: &treaties, provisions: &provisions };
    let mappings = mappings();
    let found = mapping::find(&sheets, &mappings).expect("known");
    let (actions, report) = mapping::actions(&found, &status_of("iccpr"), &known).expect("read");
    assert_eq!(
        (report.refused.len(), report.held.len()),
        (0, 0),
        "{:?} {:?}",
        report.refused.first(),
        report.held
    );
    assert!(
        report.passed.iter().any(|passed| passed.row == 1),
        "Afghanistan's text stands under another treaty"
    );
    assert!(actions.iter().all(|(_, action)| !action.checked));
    let australia: Vec<_> = actions.iter().filter(|(_, a)| a.country.as_str() == "AUS").collect();
    assert_eq!(australia.len(), 1);
    assert_eq!(australia[0].1.kind, ActionKind::Reservation);
    assert_eq!(australia[0].1.provisions, "10;14;20;19");
}

#[test]
fn stop_is_read_in_all_three_layouts_and_what_is_refused_says_where() {
    let Some(sheets) = shared::sheets("incidents/keepiton-stop-2016-2020.xlsx") else { return };
    let mappings = mappings();
    let found = mapping::find(&sheets, &mappings).expect("known");
    assert_eq!(found.mapping.name, "keepiton-stop");
    assert_eq!(found.passed_over, ["Need more details"]);
    let (cases, report) = mapping::incidents(&found, &shared::countries(), day("2026-11-25")).expect("read");
    let by_sheet = |name: &str| cases.iter().filter(|case| case.sheet == name).count();
    assert_eq!((by_sheet("2020 Data"), by_sheet("2019"), by_sheet("2016+2017+2018")), (156, 213, 374));
    // Three ends before their starts, two ends that are no dates, one list of places too long for its field.
    let refused: BTreeSet<(&str, usize, &str)> =
        report.refused.iter().map(|r| (r.sheet.as_str(), r.row, r.column.as_str())).collect();
    let expected = [
        ("2016+2017+2018", 38, "area_name"),
        ("2016+2017+2018", 38, "title"),
        ("2016+2017+2018", 155, "end_date"),
        ("2016+2017+2018", 172, "end_date"),
        ("2020 Data", 25, "end_date"),
        ("2020 Data", 60, "end_date"),
        ("2020 Data", 79, "end_date"),
    ];
    assert_eq!(refused, expected.into());
    assert!(report.held.is_empty(), "{:?}", report.held);
    let brazil: Vec<_> = cases.iter().filter(|case| case.draft.places == ["BRA"]).collect();
    assert_eq!(brazil.len(), 2);
    for case in brazil {
        assert_eq!(case.draft.authority_kind, "court");
        assert_eq!(case.draft.kind, "platform-blocking");
        assert_eq!(case.draft.services, "WhatsApp");
    }
    assert_eq!(report.corrected.len(), 2);
    let (kept, repeats) = mapping::without_repeats(cases);
    let told_again: Vec<(&str, usize, &str, usize)> =
        repeats.iter().map(|r| (r.sheet.as_str(), r.row, r.of_sheet.as_str(), r.of_row)).collect();
    // Kashmir 2019; Chad, Sudan and the Democratic Republic of the Congo over the new year of 2019.
    let expected = [
        ("2019", 169, "2020 Data", 4),
        ("2016+2017+2018", 224, "2019", 2),
        ("2016+2017+2018", 374, "2019", 5),
        ("2016+2017+2018", 378, "2019", 6),
    ];
    assert_eq!(told_again, expected);
    assert_eq!(kept.len(), 739);
}
