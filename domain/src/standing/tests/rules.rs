//! The rules one by one, with hand-made acts.

use super::*;

fn under(treaty: &Treaty, acts: &[TreatyAction], day: Day) -> Standing {
    standing_on(treaty, &country("NOR"), acts, day)
}

// ---- what lists and single acts prove ----------------------------------------------------------------------

#[test]
fn a_signature_alone_stays_signed_where_the_list_is_incomplete() {
    let budapest = budapest();
    let acts = [act_on(&budapest, "NOR", ActionKind::Signature, date(2001, 11, 23))];
    let standing = under(&budapest, &acts, date(2015, 1, 1));
    assert_eq!(standing.shape, Shape::Signed { on: DayBounds::on(date(2001, 11, 23)) });
    assert_eq!(standing.plain(), None);
}

#[test]
fn a_signature_alone_makes_a_signatory_as_far_as_the_list_is_complete() {
    let covenant = covenant();
    let acts = [act_on(&covenant, "NOR", ActionKind::Signature, date(1998, 10, 5))];
    assert_eq!(under(&covenant, &acts, date(1998, 10, 4)).plain(), Some(Status::NotAParty));
    assert_eq!(under(&covenant, &acts, date(2015, 2, 28)).plain(), Some(Status::Signatory));
    let beyond = under(&covenant, &acts, date(2015, 3, 1));
    assert_eq!((beyond.plain(), beyond.shape), (None, Shape::Signed { on: acts[0].done }));
}

#[test]
fn nothing_recorded_is_not_a_party_as_far_as_the_list_is_complete_and_no_record_beyond() {
    let covenant = covenant();
    assert_eq!(under(&covenant, &[], date(2015, 2, 28)).plain(), Some(Status::NotAParty));
    let beyond = under(&covenant, &[], date(2015, 3, 1));
    assert!(beyond.is_no_record());
    assert_eq!(beyond.statuses, anything());
}

#[test]
fn a_first_consent_proves_that_there_was_none_before_it_and_a_first_accession_no_signature() {
    let budapest = budapest();
    let ratified = [act_on(&budapest, "NOR", ActionKind::Ratification, date(2006, 6, 30))];
    let before = under(&budapest, &ratified, date(2006, 6, 29));
    assert_eq!(before.statuses, statuses([Status::Signatory, Status::NotAParty]));
    assert_eq!(before.shape, Shape::OnlyLater);

    let acceded = [act_on(&budapest, "NOR", ActionKind::Accession, date(2006, 6, 30))];
    assert_eq!(under(&budapest, &acceded, date(2006, 6, 29)).plain(), Some(Status::NotAParty));

    let some_day = [act(&budapest, "NOR", ActionKind::Accession, DayBounds::by(date(2006, 6, 30)))];
    let before = under(&budapest, &some_day, date(2005, 1, 1));
    assert!(!before.statuses.contains(&Status::Signatory), "who accedes on any day did not sign");
}

#[test]
fn a_first_consent_known_to_the_day_outdoes_another_source_that_only_knows_by_when() {
    let budapest = budapest();
    let acts = [
        act(&budapest, "NOR", ActionKind::ConsentFormNotRecorded, DayBounds::by(date(2008, 4, 30))),
        act_on(&budapest, "NOR", ActionKind::Ratification, date(2006, 6, 30)),
    ];
    let before = under(&budapest, &acts, date(2006, 6, 29));
    assert_eq!(before.statuses, statuses([Status::Signatory, Status::NotAParty]));
    assert_eq!(under(&budapest, &acts, date(2006, 6, 30)).plain(), Some(Status::ContractingState));
    assert_eq!(under(&budapest, &acts, date(2006, 10, 1)).plain(), Some(Status::Party));
}

#[test]
fn an_entry_into_force_alone_proves_consent_on_an_unrecorded_earlier_day() {
    let budapest = budapest();
    let acts = [act_on(&budapest, "NOR", ActionKind::EntryIntoForce, date(2006, 10, 1))];
    assert_eq!(under(&budapest, &acts, date(2006, 10, 1)).plain(), Some(Status::Party));
    let before = under(&budapest, &acts, date(2006, 9, 30));
    assert_eq!(before.statuses, statuses([Status::ContractingState, Status::Signatory, Status::NotAParty]));
}

#[test]
fn a_consent_known_only_by_when_leaves_open_since_when() {
    let budapest = budapest();
    let acts = [act(&budapest, "NOR", ActionKind::ConsentFormNotRecorded, DayBounds::by(date(2008, 4, 30)))];
    let before = under(&budapest, &acts, date(2005, 1, 1));
    assert_eq!((before.statuses, before.shape), (anything(), Shape::BoundByLater { by: date(2008, 8, 1) }));
    let between = under(&budapest, &acts, date(2008, 5, 1));
    assert_eq!(between.statuses, statuses([Status::ContractingState, Status::Party]));
    assert_eq!(between.shape, Shape::Consented { on: DayBounds::by(date(2008, 4, 30)) });
    assert_eq!(under(&budapest, &acts, date(2008, 8, 1)).plain(), Some(Status::Party));
}

#[test]
fn a_consent_without_a_day_of_effect_proves_no_party_by_its_own_day() {
    let no_rule = Treaty { in_force: InForce::NotRecorded, ..budapest() };
    let acts = [act(&no_rule, "NOR", ActionKind::ConsentFormNotRecorded, DayBounds::by(date(2016, 12, 31)))];
    let before = under(&no_rule, &acts, date(2015, 1, 1));
    assert_eq!(before.shape, Shape::ConsentedByLater { by: date(2016, 12, 31) });
}

#[test]
fn a_signature_known_only_by_when_may_be_earlier() {
    let budapest = budapest();
    let acts = [act(&budapest, "NOR", ActionKind::Signature, DayBounds::by(date(2016, 12, 31)))];
    let before = under(&budapest, &acts, date(2015, 1, 1));
    assert_eq!(before.shape, Shape::SignedByLater { by: date(2016, 12, 31) });
}

#[test]
fn who_took_a_signature_back_is_no_signatory() {
    let covenant = covenant();
    let acts = [
        act_on(&covenant, "NOR", ActionKind::Signature, date(2000, 12, 31)),
        act_on(&covenant, "NOR", ActionKind::SignatureWithdrawal, date(2002, 5, 6)),
    ];
    assert_eq!(under(&covenant, &acts, date(2002, 5, 5)).plain(), Some(Status::Signatory));
    assert_eq!(under(&covenant, &acts, date(2002, 5, 6)).plain(), Some(Status::NotAParty));
}

#[test]
fn domestic_approval_reports_and_statements_are_never_counted() {
    let budapest = budapest();
    let kinds = [
        ActionKind::DomesticApproval,
        ActionKind::ReportedRatified,
        ActionKind::Reservation,
        ActionKind::Declaration,
        ActionKind::InvitationToAccede,
    ];
    let acts = kinds.map(|kind| act_on(&budapest, "NOR", kind, date(2005, 1, 1)));
    let standing = under(&budapest, &acts, date(2010, 1, 1));
    assert!(standing.is_no_record());
    assert!(standing.proof.is_empty());
}

#[test]
fn acts_of_others_under_others_and_not_used_are_passed_over() {
    let budapest = budapest();
    let consent = act_on(&budapest, "NOR", ActionKind::Ratification, date(2006, 6, 30));
    let acts = [
        TreatyAction { used: false, ..consent.clone() },
        TreatyAction { country: "SWE".parse().unwrap(), ..consent.clone() },
        TreatyAction { treaty: "iccpr".parse().unwrap(), ..consent },
    ];
    assert!(under(&budapest, &acts, date(2010, 1, 1)).is_no_record());
}

// ---- unchecked ---------------------------------------------------------------------------------------------

fn unchecked(kind: ActionKind, done: Day) -> TreatyAction {
    TreatyAction { checked: false, ..act_on(&budapest(), "NOR", kind, done) }
}

#[test]
fn an_unchecked_action_adds_a_claim_and_proves_nothing_about_other_days() {
    let budapest = budapest();
    let acts = [unchecked(ActionKind::Ratification, date(2006, 6, 30))];
    let after = under(&budapest, &acts, date(2010, 1, 1));
    assert_eq!((&after.statuses, after.shape), (&anything(), Shape::NoRecord));
    assert_eq!(after.claim.as_ref().map(|c| c.status), Some(Status::Party));
    assert!(!after.is_no_record() && !after.is_bound() && after.plain().is_none());

    let before = under(&budapest, &acts, date(2006, 1, 1));
    assert_eq!((before.statuses, before.claim), (anything(), None), "nothing is proved for the day before");
}

#[test]
fn an_unchecked_action_never_weakens_what_is_proved() {
    let budapest = budapest();
    let entry = act_on(&budapest, "NOR", ActionKind::EntryIntoForce, date(2006, 10, 1));
    for doubtful in [ActionKind::Signature, ActionKind::Ratification, ActionKind::EntryIntoForce] {
        let acts = [entry.clone(), unchecked(doubtful, date(2006, 9, 30))];
        let standing = under(&budapest, &acts, date(2006, 10, 2));
        assert_eq!((standing.plain(), standing.claim.is_none()), (Some(Status::Party), true), "{doubtful:?}");
        assert!(standing.is_bound());
    }
    let left = [entry, unchecked(ActionKind::Denunciation, date(2010, 1, 15))];
    let standing = under(&budapest, &left, date(2012, 1, 1));
    assert_eq!(standing.claim.as_ref().map(|c| c.status), Some(Status::Denounced));
    assert_eq!((standing.plain(), standing.statuses.len()), (None, 1), "it is said, and decides nothing");
}

#[test]
fn an_unchecked_action_under_a_treaty_not_open_to_the_state_is_a_claim_beside_it() {
    let malabo = malabo();
    let claimed = act_on(&malabo, "BRA", ActionKind::Accession, date(2023, 7, 1));
    let acts = [TreatyAction { checked: false, ..claimed }];
    let standing = standing_on(&malabo, &country("BRA"), &acts, date(2024, 1, 1));
    assert_eq!(standing.statuses, statuses([Status::NotOpenToThisState]));
    assert_eq!(standing.claim.map(|c| c.status), Some(Status::Party));
}

// ---- the treaty's own life ---------------------------------------------------------------------------------

#[test]
fn before_it_was_adopted_or_opened_nobody_is_anything_else() {
    let un = un_convention();
    for (day, status) in [
        (date(2024, 12, 23), Status::DidNotExistYet),
        (date(2024, 12, 24), Status::NotOpenYet),
        (date(2025, 10, 24), Status::NotOpenYet),
    ] {
        assert_eq!(under(&un, &[], day).plain(), Some(status), "{day}");
    }
    assert!(under(&un, &[], date(2025, 10, 25)).is_no_record());
}

#[test]
fn where_the_day_of_adoption_is_not_recorded_it_was_not_open_and_may_have_existed() {
    let treaty = Treaty { adopted: None, ..budapest() };
    assert_eq!(under(&treaty, &[], date(2001, 11, 22)).plain(), Some(Status::NotOpenYet));
}

#[test]
fn under_a_treaty_not_in_force_at_all_who_consents_is_a_contracting_state() {
    let un = un_convention();
    let acts = [act_on(&un, "NOR", ActionKind::Ratification, date(2025, 11, 10))];
    assert_eq!(under(&un, &acts, date(2026, 5, 21)).plain(), Some(Status::ContractingState));
    let later = under(&un, &acts, date(2026, 11, 23));
    assert_eq!(later.statuses, statuses([Status::ContractingState, Status::Party]), "nobody looked since");
    assert!(!later.is_bound());
}

#[test]
fn a_contracting_state_becomes_a_party_when_the_treaty_itself_enters_into_force() {
    let budapest = budapest();
    let acts = [act_on(&budapest, "NOR", ActionKind::Ratification, date(2002, 6, 20))];
    assert_eq!(under(&budapest, &acts, date(2002, 6, 20)).plain(), Some(Status::ContractingState));
    assert_eq!(under(&budapest, &acts, date(2004, 6, 30)).plain(), Some(Status::ContractingState));
    assert_eq!(under(&budapest, &acts, date(2004, 7, 1)).plain(), Some(Status::Party));
}

#[test]
fn a_treaty_applied_provisionally_is_shown_so_until_it_is_in_force() {
    let covenant = covenant();
    let acts = [
        act_on(&covenant, "NOR", ActionKind::Signature, date(1980, 1, 1)),
        TreatyAction {
            effect: Effect::Recorded(DayBounds::on(date(1981, 1, 1))),
            ..act_on(&covenant, "NOR", ActionKind::ProvisionalApplication, date(1980, 1, 1))
        },
        act_on(&covenant, "NOR", ActionKind::Ratification, date(1982, 1, 1)),
    ];
    for (day, status) in [
        (date(1980, 12, 31), Status::Signatory),
        (date(1981, 1, 1), Status::ProvisionallyApplying),
        (date(1982, 4, 1), Status::Party),
    ] {
        assert_eq!(under(&covenant, &acts, day).plain(), Some(status), "{day}");
    }
}

// ---- leaving and coming back -------------------------------------------------------------------------------

fn left_and_back() -> (Treaty, Vec<TreatyAction>) {
    let protocol = protocol();
    let acts = vec![
        act_on(&protocol, "NOR", ActionKind::Accession, date(1980, 11, 14)),
        act_on(&protocol, "NOR", ActionKind::Denunciation, date(1998, 5, 26)),
        TreatyAction { again: true, ..act_on(&protocol, "NOR", ActionKind::Accession, date(2000, 5, 27)) },
    ];
    (protocol, acts)
}

#[test]
fn a_state_that_denounces_is_a_party_until_that_takes_effect() {
    let (protocol, acts) = left_and_back();
    for (day, status) in [
        (date(1980, 11, 13), Status::NotAParty),
        (date(1981, 2, 13), Status::ContractingState),
        (date(1981, 2, 14), Status::Party),
        (date(1998, 5, 26), Status::Party),
        (date(1998, 8, 25), Status::Party),
        (date(1998, 8, 26), Status::Denounced),
    ] {
        assert_eq!(under(&protocol, &acts[..2], day).plain(), Some(status), "{day}");
    }
}

#[test]
fn who_accedes_again_is_a_contracting_state_and_then_a_party_again() {
    let (protocol, acts) = left_and_back();
    for (day, status) in [
        (date(2000, 5, 26), Status::Denounced),
        (date(2000, 5, 27), Status::ContractingState),
        (date(2000, 8, 26), Status::ContractingState),
        (date(2000, 8, 27), Status::Party),
    ] {
        assert_eq!(under(&protocol, &acts, day).plain(), Some(status), "{day}");
    }
}

#[test]
fn an_accession_again_proves_nothing_about_the_time_before() {
    let (protocol, acts) = left_and_back();
    let standing = under(&protocol, &acts[2..], date(1990, 1, 1));
    assert!(standing.statuses.contains(&Status::Party), "it may have been bound then");
    assert_eq!(standing.plain(), None);
}

#[test]
fn who_came_back_on_an_unknown_day_is_perhaps_a_party_again() {
    let (protocol, mut acts) = left_and_back();
    acts[2].effect =
        Effect::Recorded(DayBounds { not_before: Some(date(2000, 6, 1)), not_after: Some(date(2001, 6, 1)) });
    let standing = under(&protocol, &acts, date(2001, 1, 1));
    assert_eq!(standing.statuses, statuses([Status::ContractingState, Status::Party]));
    assert_eq!(standing.shape, Shape::PerhapsLeft);
    assert_eq!(under(&protocol, &acts, date(2001, 6, 1)).plain(), Some(Status::Party));
}

#[test]
fn an_end_on_an_unknown_day_leaves_open_whether_it_left_and_whether_it_had_joined() {
    let protocol = protocol();
    let end = act(&protocol, "NOR", ActionKind::Denunciation, DayBounds::by(date(1998, 1, 23)));
    let acceded = act_on(&protocol, "NOR", ActionKind::Accession, date(1980, 11, 14));
    let acts = [acceded, end.clone()];
    let between = under(&protocol, &acts, date(1990, 1, 1));
    assert_eq!(between.statuses, statuses([Status::Party, Status::Denounced]));
    assert_eq!(between.shape, Shape::PerhapsLeft);
    let before = under(&protocol, &acts, date(1978, 1, 1));
    assert_eq!(before.plain(), Some(Status::NotAParty), "who had not joined had not left");

    let alone = under(&protocol, &[end], date(1990, 1, 1));
    let mut perhaps = anything();
    perhaps.insert(Status::Denounced);
    assert_eq!(alone.statuses, perhaps, "an end by 1998 does not say that it was bound in 1990");
}

#[test]
fn who_is_a_party_stays_one_and_the_day_the_list_was_last_seen_stands_beside_it() {
    let covenant = covenant();
    let acts = [act_on(&covenant, "NOR", ActionKind::Ratification, date(1972, 9, 13))];
    let standing = under(&covenant, &acts, date(2026, 11, 23));
    assert_eq!(standing.plain(), Some(Status::Party));
    assert_eq!(standing.list_last_seen, Some(date(2015, 3, 1)));
    assert_eq!(under(&covenant, &acts, date(1972, 1, 1)).list_last_seen, None, "no end is left unseen there");
}

// ---- states, successors, territories -----------------------------------------------------------------------

#[test]
fn a_succession_takes_effect_from_the_state_s_independence() {
    let covenant = covenant();
    let bosnia = Country { existed_from: Some(date(1992, 3, 6)), ..country("BIH") };
    let deposited = act_on(&covenant, "BIH", ActionKind::Succession, date(1993, 9, 1));
    let recorded =
        TreatyAction { effect: Effect::Recorded(DayBounds::on(date(1992, 3, 6))), ..deposited.clone() };
    for acts in [[deposited], [recorded]] {
        for (day, status) in [
            (date(1992, 3, 5), Status::StateDidNotExist),
            (date(1992, 3, 6), Status::Party),
            (date(1993, 8, 31), Status::Party),
            (date(1993, 9, 1), Status::Party),
        ] {
            assert_eq!(standing_on(&covenant, &bosnia, &acts, day).plain(), Some(status), "{day}");
        }
    }
}

#[test]
fn a_succession_without_a_recorded_independence_binds_by_its_deposit() {
    let covenant = covenant();
    let acts = [act_on(&covenant, "NOR", ActionKind::Succession, date(1993, 9, 1))];
    assert_eq!(under(&covenant, &acts, date(1993, 9, 1)).plain(), Some(Status::Party));
    let before = under(&covenant, &acts, date(1993, 8, 31));
    assert!(before.statuses.contains(&Status::Party) && before.plain().is_none());
    assert!(!under(&covenant, &acts, date(1976, 3, 22)).statuses.contains(&Status::Party));
}

#[test]
fn a_former_state_is_answered_for_its_own_years_only() {
    let covenant = covenant();
    let gdr = Country {
        kind: CountryKind::FormerState,
        existed_from: Some(date(1949, 10, 7)),
        existed_to: Some(date(1990, 10, 2)),
        ..country("DDR")
    };
    let acts = [act_on(&covenant, "DDR", ActionKind::Ratification, date(1973, 11, 8))];
    assert_eq!(standing_on(&covenant, &gdr, &acts, date(1990, 10, 2)).plain(), Some(Status::Party));
    assert_eq!(
        standing_on(&covenant, &gdr, &acts, date(1990, 10, 3)).plain(),
        Some(Status::StateDidNotExist)
    );
}

#[test]
fn a_treaty_applies_to_a_territory_by_extension() {
    let budapest = budapest();
    let curacao = Country {
        kind: CountryKind::Territory,
        administered_by: Some("NLD".parse().unwrap()),
        ..country("CUW")
    };
    let acts = [TreatyAction {
        effect: Effect::Recorded(DayBounds::on(date(2024, 10, 1))),
        through: Some("NLD".parse().unwrap()),
        ..act_on(&budapest, "CUW", ActionKind::TerritorialApplication, date(2024, 6, 27))
    }];
    let open = statuses([Status::ByExtension, Status::NotAParty]);
    assert!(standing_on(&budapest, &curacao, &[], date(2025, 1, 1)).is_no_record());
    assert_eq!(standing_on(&budapest, &curacao, &[], date(2025, 1, 1)).statuses, open);
    let before = standing_on(&budapest, &curacao, &acts, date(2024, 9, 30));
    assert_eq!((before.statuses, before.shape), (open, Shape::OnlyLater));
    let since = standing_on(&budapest, &curacao, &acts, date(2024, 10, 1));
    assert_eq!(since.plain(), Some(Status::ByExtension));
    assert!(since.is_bound());
    assert_eq!(since.proof[0].through.map(|s| s.to_string()).as_deref(), Some("NLD"));
}

#[test]
fn a_territory_that_joins_in_its_own_name_or_whose_extension_ends_is_no_longer_extended_to() {
    let budapest = budapest();
    let territory = Country { kind: CountryKind::Territory, ..country("CUW") };
    let extension = act_on(&budapest, "CUW", ActionKind::TerritorialApplication, date(2010, 1, 10));
    let own = act_on(&budapest, "CUW", ActionKind::Accession, date(2015, 1, 10));
    let acts = [extension.clone(), own];
    assert_eq!(
        standing_on(&budapest, &territory, &acts, date(2014, 1, 1)).plain(),
        Some(Status::ByExtension)
    );
    assert_eq!(standing_on(&budapest, &territory, &acts, date(2016, 1, 1)).plain(), Some(Status::Party));

    let acts = [extension, act_on(&budapest, "CUW", ActionKind::Denunciation, date(2012, 1, 10))];
    assert_eq!(
        standing_on(&budapest, &territory, &acts, date(2012, 4, 30)).plain(),
        Some(Status::ByExtension)
    );
    assert_eq!(standing_on(&budapest, &territory, &acts, date(2012, 5, 1)).plain(), Some(Status::Denounced));
}

#[test]
fn norms_and_directives_address_by_membership_and_ask_for_no_consent() {
    let norms =
        Treaty { kind: InstrumentKind::Norms, adopted: Some("2015".parse().unwrap()), ..treaty("un-norms") };
    assert_eq!(under(&norms, &[], date(2014, 12, 31)).plain(), Some(Status::DidNotExistYet));
    assert_eq!(
        under(&norms, &[], date(2015, 6, 1)).statuses,
        statuses([Status::Addressed, Status::DidNotExistYet]),
        "only the year is known"
    );
    assert_eq!(under(&norms, &[], date(2016, 1, 1)).plain(), Some(Status::Addressed));

    let directive = Treaty {
        kind: InstrumentKind::Directive,
        adopted: on_day(date(2011, 8, 19)),
        open_to: OpenTo::Members("AU".into()),
        ..treaty("directive")
    };
    assert_eq!(under(&directive, &[], date(2016, 1, 1)).plain(), Some(Status::NotOpenToThisState));
    let member = standing_on(&directive, &country("GHA"), &[], date(2016, 1, 1));
    assert_eq!(member.plain(), Some(Status::Addressed));
}

// ---- over several days -------------------------------------------------------------------------------------

fn over(treaty: &Treaty, acts: &[TreatyAction], first: Day, last: Day) -> Vec<(Day, Option<Status>)> {
    let acts = settle(treaty, acts.to_vec());
    standing_over(treaty, &country("NOR"), &groups(), &acts, first, last)
        .into_iter()
        .map(|segment| (segment.from, segment.standing.plain()))
        .collect()
}

#[test]
fn in_may_2023_it_was_not_a_party_until_the_14th() {
    let covenant = Treaty { effect_rule: EffectRule::Unknown, ..covenant() };
    let acts = [TreatyAction {
        effect: Effect::Recorded(DayBounds::on(date(2023, 5, 14))),
        ..act_on(&covenant, "NOR", ActionKind::Accession, date(2023, 5, 14))
    }];
    let may: PartialDate = "2023-05".parse().unwrap();
    assert_eq!(
        over(&covenant, &acts, may.first(), may.last()),
        [(date(2023, 5, 1), Some(Status::NotAParty)), (date(2023, 5, 14), Some(Status::Party))]
    );
    let april: PartialDate = "2023-04".parse().unwrap();
    assert_eq!(
        over(&covenant, &acts, april.first(), april.last()),
        [(date(2023, 4, 1), Some(Status::NotAParty))]
    );
}

#[test]
fn it_became_a_party_while_the_incident_lasted() {
    let budapest = budapest();
    let acts = [act_on(&budapest, "NOR", ActionKind::Accession, date(2022, 11, 30))];
    assert_eq!(
        over(&budapest, &acts, date(2022, 11, 1), date(2023, 6, 30)),
        [
            (date(2022, 11, 1), Some(Status::NotAParty)),
            (date(2022, 11, 30), Some(Status::ContractingState)),
            (date(2023, 3, 1), Some(Status::Party)),
        ]
    );
}

#[test]
fn every_status_is_shown_by_a_mark() {
    assert!(Status::ALL.iter().all(|status| !status.mark().is_empty()));
    assert!(is_closed_to_others(&malabo()) && !is_closed_to_others(&budapest()));
}
