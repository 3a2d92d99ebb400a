//! What an incident derives from its record: who is answerable, how long it lasted, whether it counts.

use super::*;

fn code(text: &str) -> CountryCode {
    text.parse().unwrap()
}

fn with_actors(actors: Vec<DraftActor>) -> Incident {
    checked(&Draft { actors, places: vec!["Samplia".into(), "Examplia".into()], ..publishable() }).unwrap()
}

#[test]
fn not_established_makes_nobody_answerable() {
    let incident = with_actors(vec![actor("Examplia", "not-established")]);
    assert_eq!(incident.answerable(), []);
    assert_eq!(incident.happened_here(), [code("XEX"), code("XSA")]);
    assert_eq!(incident.attribution_of(code("XEX")), None);
    assert!(!incident.counts());
}

#[test]
fn an_answerable_state_is_named_once_by_its_strongest_attribution_even_where_it_happened_elsewhere() {
    let incident = with_actors(vec![
        actor("Quotia", "denied"),
        actor("Quotia", "attributed"),
        actor("Quotia", "not-established"),
        actor("Examplia", "denied"),
        actor("", "acknowledged"),
    ]);
    assert_eq!(incident.answerable(), [code("XEX"), code("XQU")]);
    assert_eq!(incident.happened_here(), [code("XSA")]);
    assert_eq!(incident.attribution_of(code("XQU")), Some(Attribution::Attributed));
    assert_eq!(incident.attribution_of(code("XEX")), Some(Attribution::Denied));
    assert_eq!(incident.attribution_of(code("XSA")), None);
}

#[test]
fn only_alleged_misuse_with_somebody_answerable_counts_and_never_a_law_or_draft() {
    let with = |bearing: Bearing, kind: Kind| {
        let draft = Draft { bearing: bearing.slug().into(), kind: kind.slug().into(), ..publishable() };
        checked(&draft).unwrap().counts()
    };
    for &bearing in Bearing::ALL {
        for &kind in Kind::ALL {
            let counted = bearing == Bearing::AllegedMisuse && kind != Kind::LawOrDraft;
            assert_eq!(with(bearing, kind), counted, "{bearing:?} {kind:?}");
        }
    }
}

#[test]
fn how_long_it_lasted_follows_from_what_is_known_of_start_and_end() {
    let lasted = |start: &str, end: &str| {
        let draft = Draft { start: start.into(), end: end.into(), ..publishable() };
        checked(&draft).unwrap().duration_days()
    };
    assert_eq!(lasted("2016-07-19", ""), None);
    assert_eq!(lasted("2016-07-19", "2016-07-19"), Some((1, 1)));
    assert_eq!(lasted("2016-02-28", "2016-03-01"), Some((3, 3)), "2016 was a leap year");
    assert_eq!(lasted("2016-07", "2016-07"), Some((1, 31)));
    assert_eq!(lasted("2016-07", "2016-08-02"), Some((3, 33)));
    assert_eq!(lasted("2016-07-19", "2016-07"), Some((1, 13)));
    assert_eq!(lasted("2015", "2016"), Some((2, 731)));
}

#[test]
fn its_last_day_is_that_of_its_end_or_else_of_its_start() {
    let last = |end: &str| checked(&Draft { end: end.into(), ..publishable() }).unwrap().last_day();
    assert_eq!(last(""), date(2016, 5, 2));
    assert_eq!(last("2016-06"), date(2016, 6, 30));
}

#[test]
fn an_assessment_is_not_met_if_any_part_is_and_met_only_if_all_are() {
    let of = |right: &str, outcomes: &[PartOutcome]| {
        let right = Right::named(right);
        let names = right.parts().iter().chain(std::iter::repeat(&"a part of another test"));
        let part = |(outcome, name): (&PartOutcome, &&str)| Part {
            name: (*name).to_owned(),
            outcome: *outcome,
            reason: String::new(),
        };
        let parts = outcomes.iter().zip(names).map(part).collect();
        Assessment { right, parts, by: "Example".into(), date: None }.outcome()
    };
    let outcome = |outcomes: &[PartOutcome]| of("ICCPR 15", outcomes);
    use PartOutcome::{Met, NotMet, Unclear};
    for test in RightTest::ALL {
        let all = vec![Met; test.parts().len()];
        assert_eq!(of(test.slug(), &all), Outcome::Met, "{test:?}");
        assert_eq!(of(test.slug(), &all[1..]), Outcome::Open, "{test:?}: a part that nobody spoke of");
        assert_eq!(of(test.slug(), &[NotMet]), Outcome::NotMet, "{test:?}");
    }
    assert_eq!(outcome(&[]), Outcome::Open);
    assert_eq!(outcome(&[Met, Met]), Outcome::Met);
    assert_eq!(outcome(&[Met, Unclear]), Outcome::Open);
    assert_eq!(outcome(&[Met, Unclear, NotMet]), Outcome::NotMet);
}
