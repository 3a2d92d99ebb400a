//! The examples that the rules are written with, by name. The acts are those of the record.

use super::*;

fn brazil() -> (Treaty, Vec<TreatyAction>) {
    let treaty = budapest();
    let accession = act_on(&treaty, "BRA", ActionKind::Accession, date(2022, 11, 30));
    let entry = act_on(&treaty, "BRA", ActionKind::EntryIntoForce, date(2023, 3, 1));
    (treaty, vec![accession, entry])
}

#[test]
fn brazil_on_2_may_2016() {
    let (day, brazil_itself) = (date(2016, 5, 2), country("BRA"));

    let covenant = covenant();
    let acceded = [act_on(&covenant, "BRA", ActionKind::Accession, date(1992, 1, 24))];
    let under_the_covenant = standing_on(&covenant, &brazil_itself, &acceded, day);
    assert_eq!(under_the_covenant.plain(), Some(Status::Party));
    assert_eq!(under_the_covenant.list_last_seen, Some(date(2015, 3, 1)));

    let (budapest, acts) = brazil();
    let under_budapest = standing_on(&budapest, &brazil_itself, &acts, day);
    assert_eq!(under_budapest.plain(), Some(Status::NotAParty));
    assert_eq!(under_budapest.proof.len(), 2, "the later acts are what proves it");
    assert_eq!(under_budapest.list_last_seen, None);

    let un = standing_on(&un_convention(), &brazil_itself, &[], day);
    assert_eq!(un.plain(), Some(Status::DidNotExistYet));
}

#[test]
fn brazil_consents_and_three_months_later_is_bound() {
    let (budapest, acts) = brazil();
    for (day, status) in [
        (date(2022, 11, 29), Status::NotAParty),
        (date(2022, 11, 30), Status::ContractingState),
        (date(2023, 2, 28), Status::ContractingState),
        (date(2023, 3, 1), Status::Party),
    ] {
        assert_eq!(standing_on(&budapest, &country("BRA"), &acts, day).plain(), Some(status), "{day}");
    }
}

fn united_states(unchecked_too: bool) -> (Treaty, Vec<TreatyAction>) {
    let treaty = budapest();
    let mut acts = vec![
        act_on(&treaty, "USA", ActionKind::Signature, date(2001, 11, 23)),
        act(&treaty, "USA", ActionKind::ConsentFormNotRecorded, DayBounds::by(date(2008, 4, 30))),
    ];
    if unchecked_too {
        let done = act_on(&treaty, "USA", ActionKind::Ratification, date(2006, 9, 29));
        let entry = act_on(&treaty, "USA", ActionKind::EntryIntoForce, date(2007, 1, 1));
        acts.push(TreatyAction { checked: false, ..done });
        acts.push(TreatyAction { checked: false, ..entry });
    }
    (treaty, acts)
}

#[test]
fn the_united_states_in_2010_are_never_called_a_signatory() {
    let (budapest, acts) = united_states(false);
    for day in [date(2010, 1, 1), date(2010, 7, 15), date(2010, 12, 31)] {
        let standing = standing_on(&budapest, &country("USA"), &acts, day);
        assert_eq!(standing.plain(), Some(Status::Party), "{day}");
        assert!(!standing.statuses.contains(&Status::Signatory), "{day}");
        assert_eq!(standing.list_last_seen, Some(date(2026, 1, 14)));
    }
}

#[test]
fn the_united_states_by_their_signature_alone_are_never_called_a_signatory_either() {
    let budapest = budapest();
    let signed = DayBounds::on(date(2001, 11, 23));
    let signature = [act(&budapest, "USA", ActionKind::Signature, signed)];
    for day in [date(2001, 11, 23), date(2010, 7, 15), date(2026, 11, 23)] {
        let standing = standing_on(&budapest, &country("USA"), &signature, day);
        assert_eq!(standing.plain(), None, "{day}");
        assert_eq!(standing.shape, Shape::Signed { on: signed }, "{day}");
        assert!(standing.statuses.len() > 1 && !standing.statuses.contains(&Status::NotAParty), "{day}");
    }
}

#[test]
fn the_united_states_before_the_first_list_that_calls_them_a_party() {
    let (budapest, acts) = united_states(false);
    let standing = standing_on(&budapest, &country("USA"), &acts, date(2007, 6, 1));
    assert_eq!(standing.statuses, statuses([Status::Party, Status::ContractingState, Status::Signatory]));
    assert!(matches!(standing.shape, Shape::Signed { .. }));

    let (budapest, acts) = united_states(true);
    let standing = standing_on(&budapest, &country("USA"), &acts, date(2007, 6, 1));
    let claim = standing.claim.as_ref().unwrap();
    assert_eq!((claim.status, claim.action.checked), (Status::Party, false));
    assert_eq!(standing.plain(), None, "what is not yet checked proves nothing");
    assert!(!standing.is_bound());
}

#[test]
fn ghana_under_the_budapest_convention_in_2020_is_a_party() {
    let budapest = budapest();
    let entry = [act_on(&budapest, "GHA", ActionKind::EntryIntoForce, date(2019, 4, 1))];
    let ghana = country("GHA");
    assert_eq!(standing_on(&budapest, &ghana, &entry, date(2020, 6, 1)).plain(), Some(Status::Party));

    let day_before = standing_on(&budapest, &ghana, &entry, date(2019, 3, 31));
    assert!(!day_before.statuses.contains(&Status::Party));
    assert!(day_before.statuses.contains(&Status::ContractingState), "it consented on an unrecorded day");
    assert_eq!(day_before.shape, Shape::BeforeEntryIntoForce { on: DayBounds::on(date(2019, 4, 1)) });
}

#[test]
fn ghana_under_the_malabo_convention_in_2024_is_a_party_since_when_not_recorded() {
    let malabo = malabo();
    let acts = [act(&malabo, "GHA", ActionKind::ConsentFormNotRecorded, DayBounds::by(date(2023, 5, 31)))];
    let ghana = country("GHA");
    let standing = standing_on(&malabo, &ghana, &acts, date(2024, 6, 1));
    assert_eq!(standing.plain(), Some(Status::Party));
    assert_eq!(standing.proof[0].done.exact(), None);
    assert_eq!(standing.proof[0].effect.bounds().exact(), None);

    let earlier = standing_on(&malabo, &ghana, &acts, date(2022, 6, 1));
    assert_eq!(earlier.statuses, statuses([Status::ContractingState, Status::Signatory, Status::NotAParty]));
    assert!(
        matches!(earlier.shape, Shape::BeforeEntryIntoForce { .. }),
        "the treaty itself was not in force"
    );
}

#[test]
fn india_under_the_budapest_convention_has_no_record() {
    for day in [date(2005, 1, 1), date(2016, 7, 8), date(2026, 11, 23)] {
        let standing = standing_on(&budapest(), &country("IND"), &[], day);
        assert!(standing.is_no_record(), "{day}");
        assert_eq!(standing.statuses, anything(), "{day}");
        assert_eq!((standing.plain(), standing.mark()), (None, "◌"), "{day}");
    }
}

#[test]
fn the_malabo_convention_is_not_open_to_brazil() {
    let standing = standing_on(&malabo(), &country("BRA"), &[], date(2016, 5, 2));
    assert_eq!(standing.plain(), Some(Status::NotOpenToThisState));
    assert_eq!(standing_on(&malabo(), &country("GHA"), &[], date(2016, 5, 2)).shape, Shape::NoRecord);
    assert_eq!(
        standing_on(&malabo(), &country("BRA"), &[], date(2014, 6, 26)).plain(),
        Some(Status::DidNotExistYet)
    );
}
