//! Laws that hold whatever is recorded.
//!
//! The days lie on a coarse grid so that acts, lists and treaties meet on the same day often.

use jiff::ToSpan;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const KINDS: [ActionKind; 12] = [
    ActionKind::Signature,
    ActionKind::DefinitiveSignature,
    ActionKind::Ratification,
    ActionKind::Accession,
    ActionKind::Succession,
    ActionKind::ConsentFormNotRecorded,
    ActionKind::ProvisionalApplication,
    ActionKind::EntryIntoForce,
    ActionKind::Reservation,
    ActionKind::TerritorialApplication,
    ActionKind::Denunciation,
    ActionKind::SignatureWithdrawal,
];

const FIRST_CONSENTS: [ActionKind; 5] = [
    ActionKind::DefinitiveSignature,
    ActionKind::Ratification,
    ActionKind::Accession,
    ActionKind::ConsentFormNotRecorded,
    ActionKind::FormalConfirmation,
];

const GRID: i32 = 40;

fn at(n: i32) -> Day {
    date(2000, 1, 1).checked_add(n.days()).unwrap()
}

fn a_day() -> impl Strategy<Value = Day> {
    (0..GRID).prop_map(at)
}

fn bounds() -> impl Strategy<Value = DayBounds> {
    prop_oneof![
        4 => a_day().prop_map(DayBounds::on),
        1 => a_day().prop_map(DayBounds::by),
        1 => a_day().prop_map(DayBounds::from),
        1 => (a_day(), a_day()).prop_map(|(a, b)| DayBounds {
            not_before: Some(a.min(b)),
            not_after: Some(a.max(b)),
        }),
    ]
}

fn an_act() -> impl Strategy<Value = TreatyAction> {
    let effect = prop_oneof![
        2 => Just(Effect::NotRecorded),
        1 => bounds().prop_map(Effect::Recorded),
        1 => bounds().prop_map(Effect::Computed),
    ];
    let rarely = || prop::bool::weighted(0.2);
    (select(&KINDS[..]), bounds(), effect, rarely(), rarely(), rarely())
        .prop_map(|(kind, done, effect, again, unchecked, unused)| TreatyAction {
            effect,
            again,
            checked: !unchecked,
            used: !unused,
            ..act(&treaty("t"), "NOR", kind, done)
        })
        .prop_filter("an effect before its act is refused on reading", |a| a.check().is_ok())
}

fn acts() -> impl Strategy<Value = Vec<TreatyAction>> {
    vec(an_act(), 0..5)
}

fn a_rule() -> impl Strategy<Value = EffectRule> {
    prop_oneof![
        Just(EffectRule::Unknown),
        (0..20).prop_map(EffectRule::Days),
        (0..2).prop_map(EffectRule::Months),
        (0..2).prop_map(EffectRule::MonthFirstAfter),
    ]
}

fn a_treaty() -> impl Strategy<Value = Treaty> {
    let in_force = prop_oneof![
        3 => a_day().prop_map(InForce::Since),
        1 => a_day().prop_map(InForce::NotAsOf),
        1 => Just(InForce::NotRecorded),
    ];
    let open_to = prop_oneof![
        2 => Just(OpenTo::AllStates),
        1 => Just(OpenTo::Members("G".into())),
        1 => Just(OpenTo::NotRecorded),
    ];
    let kind = prop_oneof![
        8 => Just(InstrumentKind::Treaty),
        1 => Just(InstrumentKind::Norms),
        1 => Just(InstrumentKind::Directive),
    ];
    let date = || {
        option::weighted(
            0.3,
            prop_oneof![
                a_day().prop_map(PartialDate::day),
                select(vec!["1999", "2000-01", "2000"]).prop_map(|text| text.parse().unwrap()),
            ],
        )
    };
    let list = (option::of(a_day()), option::of(a_day()), option::of(a_day()));
    (kind, date(), date(), open_to, in_force, a_rule(), a_rule(), list).prop_map(
        |(kind, adopted, opened, open_to, in_force, effect_rule, denunciation_rule, list)| Treaty {
            kind,
            adopted,
            opened,
            open_to,
            in_force,
            effect_rule,
            denunciation_rule,
            list: ListReach { joining_complete_to: list.0, leaving_complete_to: list.1, last_seen: list.2 },
            ..treaty("t")
        },
    )
}

fn a_country() -> impl Strategy<Value = Country> {
    let kind = prop_oneof![
        4 => Just(CountryKind::State),
        1 => Just(CountryKind::Territory),
        1 => Just(CountryKind::Area),
        1 => Just(CountryKind::FormerState),
    ];
    (kind, option::weighted(0.3, a_day()), option::weighted(0.2, a_day()))
        .prop_map(|(kind, from, to)| Country { kind, existed_from: from, existed_to: to, ..country("NOR") })
}

fn memberships() -> impl Strategy<Value = Groups> {
    let row = (select(vec!["NOR", "SWE"]), option::of(a_day()), option::of(a_day())).prop_map(
        |(code, from, to)| GroupMember {
            group: "G".into(),
            country: code.parse().unwrap(),
            from,
            to,
            checked: false,
            checked_on: None,
            source: String::new(),
        },
    );
    vec(row, 0..3).prop_map(Groups::new)
}

/// Everything that a standing is asked of.
fn a_world() -> impl Strategy<Value = (Treaty, Country, Groups, Vec<TreatyAction>)> {
    (a_treaty(), a_country(), memberships(), acts())
        .prop_map(|(treaty, country, groups, acts)| (treaty.clone(), country, groups, settle(&treaty, acts)))
}

/// A day, and an act done after it and of effect after it too.
fn a_day_and_a_later_act(kinds: &'static [ActionKind]) -> impl Strategy<Value = (Day, TreatyAction)> {
    let after = || (1..GRID, 0..6i32);
    (0..GRID, select(kinds), after(), option::of(after()), any::<[bool; 3]>(), prop::bool::weighted(0.2))
        .prop_map(|(day, kind, done, effect, [done_open, effect_open, recorded], again)| {
            let range = |first: i32, length: i32, open: bool| DayBounds {
                not_before: Some(at(day + first)),
                not_after: (!open).then(|| at(day + first + length)),
            };
            let bounds = effect.map(|(first, length)| range(done.0 + done.1 + first, length, effect_open));
            let effect = match bounds {
                Some(bounds) if recorded => Effect::Recorded(bounds),
                Some(bounds) => Effect::Computed(bounds),
                None if kind == ActionKind::Succession => Effect::Recorded(DayBounds::from(at(day + 1))),
                None => Effect::NotRecorded,
            };
            let done = range(done.0, done.1, done_open && effect == Effect::NotRecorded);
            (at(day), TreatyAction { effect, again, ..act(&treaty("t"), "NOR", kind, done) })
        })
}

/// As [`settle`] leaves it on its own. (Among others, a recorded entry into force also replaces the computed
/// effect of an earlier consent: better knowledge of that act, not a second act.)
fn settled_alone(treaty: &Treaty, action: TreatyAction) -> TreatyAction {
    settle(treaty, vec![action]).remove(0)
}

/// What a state can only have been if it consented.
const CONSENTED: [Status; 3] = [Status::ContractingState, Status::Party, Status::Denounced];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn an_act_done_and_of_effect_after_a_day_never_adds_a_status_to_it(
        (treaty, country, groups, mut acts) in a_world(),
        (day, later) in a_day_and_a_later_act(&KINDS),
        at_index in any::<prop::sample::Index>(),
    ) {
        // A succession's computed effect is the state's independence, which may lie before the day.
        let recorded = matches!(later.effect, Effect::Recorded(_));
        prop_assume!(recorded || later.kind != ActionKind::Succession);
        let later = settled_alone(&treaty, later);
        let without = standing(&treaty, &country, &groups, &acts, day);
        acts.insert(at_index.index(acts.len() + 1), later);
        let with = standing(&treaty, &country, &groups, &acts, day);
        prop_assert!(
            with.statuses.is_subset(&without.statuses),
            "{:?} became {:?}", without.statuses, with.statuses
        );
    }

    #[test]
    fn the_set_is_never_empty_and_one_status_is_shown_plainly(
        (treaty, country, groups, acts) in a_world(),
        day in a_day(),
    ) {
        let standing = standing(&treaty, &country, &groups, &acts, day);
        prop_assert!(!standing.statuses.is_empty());
        let one = standing.statuses.first().copied().filter(|_| standing.statuses.len() == 1);
        match standing.shape {
            Shape::Plain { status } => prop_assert_eq!(one, Some(status)),
            _ => prop_assert_eq!(one, None),
        }
    }

    #[test]
    fn an_unchecked_act_neither_adds_to_the_set_nor_takes_from_it(
        (treaty, country, groups, mut acts) in a_world(),
        doubtful in an_act(),
        day in a_day(),
    ) {
        let without = standing(&treaty, &country, &groups, &acts, day);
        acts.push(TreatyAction { checked: false, ..doubtful });
        let with = standing(&treaty, &country, &groups, &settle(&treaty, acts), day);
        prop_assert_eq!(&with.statuses, &without.statuses);
        prop_assert_eq!(with.shape, without.shape);
    }

    #[test]
    fn a_claim_never_repeats_what_is_proved(
        (treaty, country, groups, acts) in a_world(),
        day in a_day(),
    ) {
        let standing = standing(&treaty, &country, &groups, &acts, day);
        if let Some(claim) = standing.claim {
            prop_assert!(!claim.action.checked && claim.action.used);
            prop_assert_ne!(standing.shape, Shape::Plain { status: claim.status });
        }
    }

    #[test]
    fn a_consent_makes_a_contracting_state_from_the_day_done_and_a_party_from_the_day_of_effect(
        start in a_day(),
        rule in a_rule(),
        done in a_day(),
        kind in select(vec![
            ActionKind::Ratification,
            ActionKind::Acceptance,
            ActionKind::Accession,
            ActionKind::DefinitiveSignature,
            ActionKind::ConsentFormNotRecorded,
        ]),
        signed in option::of(a_day()),
        list in option::of(a_day()),
        day in a_day(),
    ) {
        let treaty = Treaty {
            in_force: InForce::Since(start),
            effect_rule: if rule == EffectRule::Unknown { EffectRule::Days(30) } else { rule },
            list: ListReach { joining_complete_to: list, ..ListReach::default() },
            ..treaty("t")
        };
        let signature = signed.filter(|signed| *signed <= done);
        let acts: Vec<_> = signature
            .map(|signed| act_on(&treaty, "NOR", ActionKind::Signature, signed))
            .into_iter()
            .chain([act_on(&treaty, "NOR", kind, done)])
            .collect();
        let acts = settle(&treaty, acts);
        let effect = acts[acts.len() - 1].effect.bounds().exact().unwrap();
        prop_assert!(effect >= start && effect >= done);
        let set = standing(&treaty, &country("NOR"), &Groups::default(), &acts, day).statuses;
        if day >= effect {
            prop_assert_eq!(set, statuses([Status::Party]));
        } else if day >= done {
            prop_assert_eq!(set, statuses([Status::ContractingState]));
        } else {
            prop_assert!(set.iter().all(|status| !CONSENTED.contains(status)), "{:?}", set);
        }
    }

    #[test]
    fn a_first_consent_proves_that_there_was_none_before_it(
        (treaty, country, groups, mut acts) in a_world(),
        (day, consent) in a_day_and_a_later_act(&FIRST_CONSENTS),
        seen_by in option::of(a_day()),
    ) {
        let consent = settled_alone(&treaty, TreatyAction { again: false, ..consent });
        // No other source that contradicts it, though one may know less of the same act.
        acts.retain(|a| !a.kind.is_binding() && a.kind != ActionKind::Denunciation);
        acts.extend(seen_by.filter(|by| *by > day).map(|by| {
            let seen = act(&treaty, "NOR", ActionKind::ConsentFormNotRecorded, DayBounds::by(by));
            settled_alone(&treaty, seen)
        }));
        acts.push(consent);
        let set = standing(&treaty, &country, &groups, &acts, day).statuses;
        prop_assert!(set.iter().all(|status| !CONSENTED.contains(status)), "{:?}", set);
    }

    #[test]
    fn settling_moves_no_recorded_effect_and_computes_none_before_the_treaty_s_own(
        treaty in a_treaty(),
        acts in acts(),
    ) {
        let settled = settle(&treaty, acts.clone());
        prop_assert_eq!(settled.len(), acts.len());
        for (before, after) in acts.iter().zip(&settled) {
            if before.effect != Effect::NotRecorded {
                prop_assert_eq!(before, after);
            } else if let (Effect::Computed(bounds), InForce::Since(start)) = (after.effect, treaty.in_force) {
                prop_assert!(bounds.is_consistent());
                prop_assert!(bounds.not_before.is_some_and(|day| day >= start), "{:?}", bounds);
            }
        }
        prop_assert_eq!(settle(&treaty, settled.clone()), settled, "settling twice changes nothing");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_segments_say_of_every_day_what_standing_says(
        (treaty, country, groups, acts) in a_world(),
        first in -3..GRID,
        length in 0..GRID + 30,
    ) {
        let (first, last) = (at(first), at(first + length));
        let segments = standing_over(&treaty, &country, &groups, &acts, first, last);
        prop_assert_eq!(segments[0].from, first);
        prop_assert!(segments.windows(2).all(|pair| pair[0].from < pair[1].from));
        prop_assert!(segments.iter().all(|s| s.from <= last && s.standing.day == s.from));
        for day in first.series(1.day()).take_while(|day| *day <= last) {
            let said = &segments.iter().rfind(|s| s.from <= day).unwrap().standing;
            let asked = standing(&treaty, &country, &groups, &acts, day);
            prop_assert_eq!(&said.statuses, &asked.statuses, "{}", day);
            prop_assert_eq!(said.shape, asked.shape, "{}", day);
            let status = |s: &Standing| s.claim.as_ref().map(|c| c.status);
            prop_assert_eq!(status(said), status(&asked), "{}", day);
        }
    }
}
