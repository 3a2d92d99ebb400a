//! Standing from the project's own files: the examples that the rules of the record are written with.

use std::sync::LazyLock;

use crate::common::starter_record;
use domain::Day;
use domain::standing::{Groups, Shape, Standing, Status, standing};
use import::starter::StarterRecord;

static RECORD: LazyLock<StarterRecord> = LazyLock::new(starter_record);

fn on(treaty: &str, country: &str, day: Day) -> Standing {
    on_from(&RECORD, treaty, country, day)
}

fn on_from(record: &StarterRecord, treaty: &str, country: &str, day: Day) -> Standing {
    let treaty = record.treaties.iter().find(|t| t.slug.as_str() == treaty).expect("a treaty on record");
    let country = record.countries.iter().find(|c| c.code.as_str() == country).expect("a country on record");
    standing(treaty, country, &Groups::new(record.groups.iter().cloned()), &record.actions, day)
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

#[test]
fn brazil_on_2_may_2016() {
    let day = day("2016-05-02");
    let covenant = on("iccpr", "BRA", day);
    assert_eq!(covenant.plain(), Some(Status::Party));
    assert_eq!(covenant.list_last_seen.unwrap().to_string(), "2015-03-01");
    assert_eq!(on("budapest", "BRA", day).plain(), Some(Status::NotAParty));
    assert_eq!(on("un-cybercrime", "BRA", day).plain(), Some(Status::DidNotExistYet));
    assert_eq!(on("malabo", "BRA", day).plain(), Some(Status::NotOpenToThisState));
}

#[test]
fn brazil_becomes_a_contracting_state_and_then_a_party() {
    assert_eq!(on("budapest", "BRA", day("2022-11-29")).plain(), Some(Status::NotAParty));
    assert_eq!(on("budapest", "BRA", day("2022-11-30")).plain(), Some(Status::ContractingState));
    assert_eq!(on("budapest", "BRA", day("2023-02-28")).plain(), Some(Status::ContractingState));
    assert_eq!(on("budapest", "BRA", day("2023-03-01")).plain(), Some(Status::Party));
}

#[test]
fn the_united_states_in_2010_are_never_called_a_signatory() {
    // Without the rows from general knowledge, too.
    let mut checked_alone = RECORD.clone();
    checked_alone.actions.retain(|a| a.checked);
    for record in [&*RECORD, &checked_alone] {
        for day in ["2010-01-01", "2010-07-15", "2010-12-31"] {
            let standing = on_from(record, "budapest", "USA", self::day(day));
            assert!(!standing.statuses.contains(&Status::Signatory), "{day}: {:?}", standing.statuses);
            assert_eq!(standing.plain(), Some(Status::Party), "{day}");
        }
    }
}

#[test]
fn the_united_states_between_signature_and_the_first_list_that_calls_them_a_party() {
    let standing = on("budapest", "USA", day("2005-06-01"));
    assert!(
        standing.statuses.contains(&Status::Signatory) && standing.statuses.len() > 1,
        "{:?}",
        standing.statuses
    );
    assert!(matches!(standing.shape, Shape::Signed { .. }));
}

#[test]
fn ghana_in_2020_is_a_party_to_the_convention_on_cybercrime() {
    assert_eq!(on("budapest", "GHA", day("2020-06-01")).plain(), Some(Status::Party));
    assert_eq!(on("budapest", "GHA", day("2019-03-31")).plain(), None);
}

#[test]
fn ghana_in_2024_is_a_party_to_the_malabo_convention_since_when_not_recorded() {
    let standing = on("malabo", "GHA", day("2024-06-01"));
    assert_eq!(standing.plain(), Some(Status::Party));
    let consent = standing.proof.iter().find(|a| a.kind.is_consent()).unwrap();
    assert_eq!(consent.done.exact(), None);
    // The list of May 2023 has it; the Convention itself came into force on 8 June.
    assert_eq!(on("malabo", "GHA", day("2023-06-07")).plain(), Some(Status::ContractingState));
    assert_eq!(on("malabo", "GHA", day("2022-06-07")).plain(), None);
}

#[test]
fn india_has_no_record_under_the_convention_on_cybercrime() {
    for day in ["2016-07-08", "2019-08-05", "2026-11-23"] {
        assert!(on("budapest", "IND", self::day(day)).is_no_record(), "{day}");
    }
    assert_eq!(on("iccpr", "IND", day("2019-08-05")).plain(), Some(Status::Party));
}

#[test]
fn the_covenant_s_list_answers_for_those_who_are_not_on_it_and_no_further_than_it_reaches() {
    assert_eq!(on("iccpr", "MMR", day("2014-01-01")).plain(), Some(Status::NotAParty));
    assert!(on("iccpr", "MMR", day("2021-02-01")).is_no_record());
    assert_eq!(on("iccpr", "CHN", day("2014-01-01")).plain(), Some(Status::Signatory));
    let later = on("iccpr", "CHN", day("2021-01-01"));
    assert_eq!(later.plain(), None);
    assert!(matches!(later.shape, Shape::Signed { .. }));
}

#[test]
fn germany_ratified_nine_years_before_it_is_a_party_to_nothing() {
    assert_eq!(on("budapest", "DEU", day("2009-03-08")).plain(), Some(Status::Signatory));
    assert_eq!(on("budapest", "DEU", day("2009-03-09")).plain(), Some(Status::ContractingState));
    assert_eq!(on("budapest", "DEU", day("2009-07-01")).plain(), Some(Status::Party));
}

#[test]
fn who_left_the_optional_protocol_has_left_and_who_came_back_is_there() {
    assert_eq!(on("iccpr-op1", "JAM", day("1990-01-01")).plain(), Some(Status::Party));
    assert_eq!(on("iccpr-op1", "JAM", day("2010-01-01")).plain(), Some(Status::Denounced));
    assert_eq!(on("iccpr-op1", "BLR", day("2022-12-01")).plain(), Some(Status::Party));
    assert_eq!(on("iccpr-op1", "BLR", day("2023-02-08")).plain(), Some(Status::Denounced));
    assert_eq!(on("iccpr-op1", "GUY", day("2010-01-01")).plain(), Some(Status::Party));
}

#[test]
fn a_succession_counts_from_independence() {
    assert_eq!(on("iccpr", "CZE", day("1993-01-15")).plain(), Some(Status::Party));
    assert_eq!(on("iccpr", "CZE", day("1992-12-31")).plain(), Some(Status::StateDidNotExist));
}

#[test]
fn curacao_applies_the_convention_by_extension() {
    assert_eq!(on("budapest", "CUW", day("2025-01-01")).plain(), Some(Status::ByExtension));
}

#[test]
fn a_norm_and_a_directive_address_by_membership() {
    assert_eq!(on("un-norms", "BRA", day("2016-05-02")).plain(), Some(Status::Addressed));
    assert_eq!(on("ecowas-2011", "NGA", day("2021-06-05")).plain(), Some(Status::Addressed));
    assert_eq!(on("ecowas-2011", "BRA", day("2021-06-05")).plain(), Some(Status::NotOpenToThisState));
}
