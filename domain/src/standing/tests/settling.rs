//! Days of effect: recorded, taken from an entry into force, or computed.

use super::*;

fn effect_of(treaty: &Treaty, acts: &[TreatyAction]) -> Effect {
    settle(treaty, acts.to_vec())[0].effect
}

#[test]
fn a_recorded_effect_stays() {
    let budapest = budapest();
    let recorded = Effect::Recorded(DayBounds::on(date(2009, 8, 1)));
    let consent = TreatyAction {
        effect: recorded,
        ..act_on(&budapest, "NOR", ActionKind::Ratification, date(2009, 3, 9))
    };
    let entry = act_on(&budapest, "NOR", ActionKind::EntryIntoForce, date(2009, 7, 1));
    assert_eq!(effect_of(&budapest, &[consent, entry]), recorded);
}

#[test]
fn a_consent_takes_the_recorded_entry_into_force_before_the_computed_one() {
    let budapest = budapest();
    let consent = act_on(&budapest, "NOR", ActionKind::Ratification, date(2009, 3, 9));
    let computed = DayBounds::on(date(2009, 7, 1));
    assert_eq!(effect_of(&budapest, std::slice::from_ref(&consent)), Effect::Computed(computed));

    let on = |day: Day| act_on(&budapest, "NOR", ActionKind::EntryIntoForce, day);
    let from_entry = Effect::FromEntry(DayBounds::on(date(2009, 8, 1)));
    assert_eq!(effect_of(&budapest, &[consent.clone(), on(date(2009, 8, 1))]), from_entry);

    let passed_over = [
        on(date(2009, 3, 8)),
        TreatyAction { checked: false, ..on(date(2009, 8, 1)) },
        TreatyAction { used: false, ..on(date(2009, 8, 1)) },
        TreatyAction { again: true, ..on(date(2009, 8, 1)) },
        TreatyAction { country: "SWE".parse().unwrap(), ..on(date(2009, 8, 1)) },
    ];
    for entry in passed_over {
        assert_eq!(effect_of(&budapest, &[consent.clone(), entry]), Effect::Computed(computed));
    }
}

#[test]
fn nothing_is_computed_for_a_treaty_whose_entry_into_force_is_not_recorded() {
    for in_force in [InForce::NotRecorded, InForce::NotAsOf(date(2026, 5, 21))] {
        let treaty = Treaty { in_force, ..budapest() };
        let consent = act_on(&treaty, "NOR", ActionKind::Ratification, date(2009, 3, 9));
        assert_eq!(effect_of(&treaty, &[consent]), Effect::NotRecorded);
    }
}

#[test]
fn without_a_rule_a_consent_binds_no_sooner_than_the_treaty_and_nobody_knows_when() {
    let treaty = Treaty { effect_rule: EffectRule::Unknown, ..budapest() };
    let consent = act_on(&treaty, "NOR", ActionKind::Ratification, date(2002, 6, 20));
    let bounds = DayBounds::from(date(2004, 7, 1));
    assert_eq!(effect_of(&treaty, &[consent]), Effect::Computed(bounds));
}

#[test]
fn an_end_does_not_take_effect_before_the_treaty_itself() {
    let budapest = budapest();
    let end = act_on(&budapest, "NOR", ActionKind::Denunciation, date(2003, 1, 10));
    assert_eq!(effect_of(&budapest, &[end]), Effect::Computed(DayBounds::on(date(2004, 7, 1))));
}

#[test]
fn what_settling_added_is_taken_back_and_what_a_source_gave_stays() {
    let budapest = budapest();
    let on = |country, kind, day| act_on(&budapest, country, kind, day);
    let given = vec![
        on("NOR", ActionKind::Ratification, date(2009, 3, 9)),
        on("NOR", ActionKind::EntryIntoForce, date(2009, 8, 1)),
        on("SWE", ActionKind::Ratification, date(2009, 3, 9)),
        TreatyAction {
            effect: Effect::Recorded(DayBounds::on(date(2010, 1, 1))),
            ..on("DNK", ActionKind::Ratification, date(2009, 3, 9))
        },
    ];
    let settled = settle(&budapest, given.clone());
    assert!(settled.iter().all(|action| action.effect != Effect::NotRecorded));
    assert_eq!(unsettle(settled), given);
}
