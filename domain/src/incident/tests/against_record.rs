//! What the record contradicts, and what it leaves open.

use super::*;
use crate::DayBounds;
use crate::standing::tests::treaty;
use crate::standing::{Groups, settle};
use crate::treaty::{ActionKind, Effect, InForce, Library, ListReach, Provision, Treaty, TreatyAction};

/// A treaty whose list is complete, in force for Samplia since 2018; Examplia never joined.
fn record(leaving: Option<Day>) -> OnRecord {
    let treaty = Treaty {
        short_title: "Sample Convention".into(),
        adopted: Some("2001".parse().unwrap()),
        in_force: InForce::Since(date(2004, 7, 1)),
        list: ListReach {
            joining_complete_to: Some(date(2026, 1, 1)),
            leaving_complete_to: leaving,
            last_seen: Some(date(2026, 1, 1)),
        },
        ..treaty("sample")
    };
    let provision = Provision {
        treaty: "sample".parse().unwrap(),
        number: "15".parse().unwrap(),
        heading: "Safeguards".into(),
        heading_is_ours: false,
        topics: Vec::new(),
        binding_words: String::new(),
        checked: true,
        checked_on: None,
        source_url: String::new(),
        note: String::new(),
    };
    let accession = TreatyAction {
        treaty: "sample".parse().unwrap(),
        country: "XSA".parse().unwrap(),
        kind: ActionKind::Accession,
        done: DayBounds::on(date(2018, 1, 1)),
        effect: Effect::Recorded(DayBounds::on(date(2018, 4, 1))),
        again: false,
        through: None,
        checked: true,
        checked_on: None,
        provisions: String::new(),
        text: String::new(),
        source_url: String::new(),
        source_title: String::new(),
        seen_as_of: String::new(),
        learned: None,
        used: true,
        note: String::new(),
    };
    OnRecord {
        library: Library::new(std::slice::from_ref(&treaty), [&provision]),
        actions: vec![
            ("XSA".parse().unwrap(), settle(&treaty, vec![accession])),
            ("XEX".parse().unwrap(), Vec::new()),
        ],
        treaties: vec![treaty],
        countries: all_countries(),
        groups: Groups::default(),
    }
}

fn draft(state: &str, start: &str, end: &str, way: &str) -> Draft {
    let link = DraftLink {
        treaty: "sample convention".into(),
        provision: "Article 15".into(),
        way: way.into(),
        ..DraftLink::default()
    };
    Draft {
        start: start.into(),
        end: end.into(),
        actors: vec![actor(state, "acknowledged")],
        links: vec![link],
        ..Draft::default()
    }
}

fn fields(record: &OnRecord, draft: &Draft) -> Vec<(String, &'static str)> {
    record.contradictions(draft).into_iter().map(|e| (e.field, e.problem.code())).collect()
}

#[test]
fn a_way_is_refused_only_where_the_standing_of_every_day_excludes_it() {
    let record = record(Some(date(2026, 1, 1)));
    let found = |state: &str, start: &str, end: &str, way: &str| -> Vec<&str> {
        fields(&record, &draft(state, start, end, way)).into_iter().map(|(_, code)| code).collect()
    };
    for way in ["relied-on", "obligation-at-stake"] {
        assert_eq!(found("XSA", "2016-05-02", "", way), ["not-in-force"], "{way}");
        assert!(found("XSA", "2018-05-02", "", way).is_empty(), "{way}");
        assert!(
            found("XSA", "2018-03-30", "2018-04-02", way).is_empty(),
            "{way}: it came into force meanwhile"
        );
        assert!(found("XSA", "2018", "", way).is_empty(), "{way}: it may have been in force");
    }
    assert_eq!(found("XSA", "2019-05-02", "", "same-power"), ["in-force"]);
    for (start, end) in [("2016-05-02", ""), ("2018", ""), ("2018-03-30", "2018-04-02")] {
        assert!(found("XSA", start, end, "same-power").is_empty(), "{start}");
    }
    assert_eq!(found("XEX", "2019-05-02", "", "relied-on"), ["not-in-force"]);
    assert!(
        found("XEX", "2019-05-02", "", "implements").is_empty(),
        "a law may follow a treaty from outside"
    );
    assert!(found("XEW", "2019-05-02", "", "relied-on").is_empty(), "nothing is on record of that state");
    assert!(found("XEX", "", "", "relied-on").is_empty(), "no day is said");
}

#[test]
fn what_the_record_leaves_open_it_does_not_contradict() {
    let mut open = record(None);
    open.treaties[0].list = ListReach::default();
    let of_state = |state: &str| fields(&open, &draft(state, "2019-05-02", "", "obligation-at-stake"));
    assert!(
        of_state("XEX").is_empty(),
        "a list that is complete for nothing says nothing of who is not on it"
    );
    let not_established = Draft {
        actors: vec![actor("XEX", "not-established")],
        ..draft("XEX", "2019-05-02", "", "relied-on")
    };
    assert!(fields(&record(None), &not_established).is_empty(), "nobody is answerable");
    let both = Draft {
        actors: vec![actor("XEX", "acknowledged"), actor("XSA", "acknowledged")],
        ..draft("XEX", "2019-05-02", "", "relied-on")
    };
    assert!(fields(&record(None), &both).is_empty(), "for one of the two it was in force");
}

#[test]
fn treaties_and_provisions_that_nobody_knows_are_named_and_gaps_are_not() {
    let record = record(None);
    let mut draft = draft("XSA", "2019-05-02", "", "");
    assert!(fields(&record, &draft).is_empty());
    draft.links[0].provision = "99".into();
    draft.links.push(DraftLink { treaty: "Simple Convention".into(), ..DraftLink::default() });
    draft.links.push(DraftLink { provision: "99".into(), ..DraftLink::default() });
    let expected = [
        ("links.0.provision".to_owned(), "unknown-provision"),
        ("links.1.treaty".to_owned(), "unknown-treaty"),
    ];
    assert_eq!(fields(&record, &draft), expected);
    let errors = vec![
        FieldError::new("title", Problem::Missing),
        FieldError::new("links.1.treaty", Problem::NotInList { value: "x".into() }),
    ];
    let all: Vec<String> = record.and_others(&draft, errors).into_iter().map(|e| e.field).collect();
    assert_eq!(all, ["title", "links.0.provision", "links.1.treaty"]);
}
