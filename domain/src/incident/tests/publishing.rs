//! Publishing: what it needs beyond the five fields, and what only the starter record may leave out.

use proptest::prelude::*;

use super::generate;
use super::*;

#[test]
fn what_is_publishable_is() {
    let incident = checked(&publishable()).unwrap();
    assert_eq!(incident.justification, Justification::NoneFound);
    assert_eq!(incident.provenance, Provenance::Desk);
    assert!(incident.analysis.is_empty());
}

#[test]
fn five_fields_are_told_everything_else_that_publishing_needs() {
    let mut fields = refused_fields(&five_fields());
    fields.sort();
    let needed = [
        "actors.0.attribution",
        "authority_kind",
        "bearing",
        "comment_from",
        "justification",
        "naming",
        "title",
    ];
    assert_eq!(fields, needed);
    assert_eq!(problems_at(&five_fields(), "naming"), [Problem::NamingNotChecked]);
}

#[test]
fn every_problem_is_told_in_one_round() {
    let long = "x".repeat(LIMITS.paragraph + 1);
    let draft = Draft {
        authority: long.clone(),
        decision: long.clone(),
        law: long.clone(),
        article: long.clone(),
        documented_cause: long.clone(),
        services: long.clone(),
        networks: long.clone(),
        people_affected: long.clone(),
        outcome: long.clone(),
        place_name: long.clone(),
        series: long.clone(),
        related: long,
        ongoing: "perhaps".into(),
        language: "?".into(),
        transnational: "maybe".into(),
        contexts: vec!["weather".into()],
        stance: "angry".into(),
        links: vec![DraftLink { source_url: "nowhere".into(), ..DraftLink::default() }],
        findings: vec![DraftFinding {
            date: "2016-02-30".into(),
            source_url: "nowhere".into(),
            ..DraftFinding::default()
        }],
        ..Draft::default()
    };
    let fields = refused_fields(&draft);
    for field in [
        "title",
        "places.0",
        "kind",
        "bearing",
        "start",
        "authority_kind",
        "justification",
        "narrative",
        "sources.0.url",
        "naming",
        "comment_from",
        "actors.0.attribution",
        "authority",
        "decision",
        "law",
        "article",
        "documented_cause",
        "services",
        "networks",
        "people_affected",
        "outcome",
        "place_name",
        "series",
        "related",
        "ongoing",
        "language",
        "transnational",
        "contexts",
        "stance",
        "links.0.treaty",
        "links.0.source_url",
        "findings.0.body",
        "findings.0.date",
        "findings.0.source_url",
    ] {
        assert!(fields.iter().any(|f| f == field), "{field} is not among {fields:?}");
    }
}

#[test]
fn a_private_person_named_by_one_source_is_refused() {
    let naming = |rule: &str, sources: Vec<DraftSource>| Draft {
        naming: rule.into(),
        naming_reason: "Named in both papers.".into(),
        sources,
        ..publishable()
    };
    let one = || vec![source("https://example.org/a", "Example Herald")];
    let two = || [one(), vec![source("https://example.com/b", "Sample Post")]].concat();
    let reprint = || [one(), vec![source("https://example.com/b", "EXAMPLE herald ")]].concat();
    let unknown = || [one(), vec![source("https://example.com/b", "")]].concat();
    for rule in ["two-outlets", "private-named"] {
        for sources in [one(), reprint(), unknown()] {
            let draft = naming(rule, sources);
            assert_eq!(problems_at(&draft, "naming"), [Problem::NamedByOneSource], "{rule}");
        }
        assert!(checked(&naming(rule, two())).is_ok(), "{rule}");
    }
    for rule in ["public-figure", "agreed"] {
        assert!(checked(&naming(rule, one())).is_ok(), "{rule} does not rest on outlets");
    }
    let no_reason = Draft { naming_reason: " ".into(), ..naming("agreed", one()) };
    assert_eq!(problems_at(&no_reason, "naming_reason"), [Problem::Missing]);
}

#[test]
fn comment_is_asked_for_with_a_day_or_the_reason_stands_there() {
    let asked =
        Draft { comment_from: "The ministry".into(), comment_when: "2016-05-04".into(), ..publishable() };
    let incident = checked(&asked).unwrap();
    assert!(matches!(incident.comment, CommentSought::Asked { ref answer, .. } if answer.is_empty()));
    let no_day = Draft { comment_when: String::new(), ..asked.clone() };
    assert_eq!(problems_at(&no_day, "comment_when"), [Problem::Missing]);
    let to_come = Draft { comment_when: "2027-01-01".into(), ..asked };
    assert_eq!(problems_at(&to_come, "comment_when").len(), 1);
}

fn factor(basis: &str) -> DraftFactor {
    DraftFactor { kind: "intent-to-silence".into(), basis: basis.into(), ..DraftFactor::default() }
}

#[test]
fn intent_to_silence_needs_a_finding_a_statement_or_two_analyses() {
    let with = |factor: DraftFactor| Draft { factors: vec![factor], ..publishable() };
    for basis in ["finding", "official-statement", "two-analyses"] {
        let draft = with(factor(basis));
        assert_eq!(problems_at(&draft, "factors.0.basis"), [Problem::IntentNeedsBasis], "{basis}");
        let capacity = with(DraftFactor { kind: "lack-of-expertise".into(), ..factor(basis) });
        assert!(checked(&capacity).is_ok(), "other factors accuse nobody");
    }
    let alleged = with(factor("alleged"));
    assert_eq!(problems_at(&alleged, "factors.0.alleged_by"), [Problem::Missing]);
    let by_somebody = DraftFactor { alleged_by: "A press association".into(), ..factor("alleged") };
    assert!(checked(&with(by_somebody)).is_ok());

    let url = || "https://example.org/a".to_owned();
    let statement = DraftFactor { source_url: url(), ..factor("official-statement") };
    assert!(checked(&with(statement)).is_ok());
    let one_analysis = DraftFactor { source_url: url(), ..factor("two-analyses") };
    assert_eq!(problems_at(&with(one_analysis.clone()), "factors.0.basis"), [Problem::IntentNeedsBasis]);
    let two = DraftFactor { reason: "So does the Sample Institute's report.".into(), ..one_analysis };
    assert!(checked(&with(two)).is_ok());

    let finding = DraftFinding {
        body: "Constitutional Court".into(),
        kind: "national-court".into(),
        result: "Held that the block served to silence.".into(),
        ..DraftFinding::default()
    };
    assert!(checked(&Draft { findings: vec![finding], ..with(factor("finding")) }).is_ok());
}

#[test]
fn the_starter_record_may_leave_out_justification_naming_comment_and_actors() {
    let starter = Draft { provenance: Provenance::Starter, ..five_fields() };
    assert_eq!(refused_fields(&starter), ["title", "bearing", "authority_kind"]);

    let whole = Draft {
        title: "A messenger blocked".into(),
        bearing: "alleged-misuse".into(),
        authority_kind: "unknown".into(),
        ..starter
    };
    let incident = checked(&whole).unwrap();
    assert_eq!(incident.justification, Justification::NotRecorded);
    assert_eq!(incident.naming, None);
    assert_eq!(incident.comment, CommentSought::NotRecorded);
    assert!(incident.actors.is_empty());
    let desk = Draft { provenance: Provenance::Desk, ..whole };
    assert_eq!(refused_fields(&desk), ["actors.0.attribution", "justification", "naming", "comment_from"]);

    let nothing = Draft { provenance: Provenance::Starter, ..Draft::default() };
    assert_eq!(
        refused_fields(&nothing),
        ["title", "places.0", "kind", "bearing", "start", "authority_kind", "narrative", "sources.0.url"]
    );
}

#[test]
fn only_the_starter_record_may_name_its_places_in_words_alone() {
    let in_words = |provenance| Draft {
        places: vec![" ".into()],
        place_name: "several countries".into(),
        provenance,
        ..publishable()
    };
    assert_eq!(checked(&in_words(Provenance::Starter)).unwrap().places, []);
    assert_eq!(refused_fields(&in_words(Provenance::Desk)), ["places.0"]);
    let nowhere = Draft { place_name: " ".into(), ..in_words(Provenance::Starter) };
    assert_eq!(refused_fields(&nowhere), ["places.0"]);
    let mistyped = Draft { places: vec!["Nowhereland".into()], ..in_words(Provenance::Starter) };
    assert_eq!(refused_fields(&mistyped), ["places.0"], "a country that was typed is still looked up");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_draft_is_taken_or_refused_at_fields_that_it_has(draft in generate::any_draft()) {
        let fields = serde_json::to_value(&draft).unwrap();
        let checked = checked(&draft);
        for error in checked.as_ref().err().into_iter().flatten() {
            let head = error.field.split('.').next().unwrap();
            prop_assert!(fields.get(head).is_some(), "{}", error.field);
        }
        // What may not be submitted may not be published either, for the same reasons; only the starter record,
        // which nobody submits, may name its places in words.
        if draft.provenance == Provenance::Desk
            && let Err(of_submitting) = draft.may_submit(&countries(), TODAY) {
            let of_publishing = checked.err().unwrap_or_default();
            prop_assert!(
                of_submitting.iter().all(|e| of_publishing.contains(e)),
                "{of_submitting:?} is not in {of_publishing:?}"
            );
        }
    }

    #[test]
    fn a_whole_draft_is_an_incident(draft in generate::whole_draft()) {
        let checked = checked(&draft);
        prop_assert!(checked.is_ok(), "{:?}", checked);
    }
}

#[test]
fn what_only_some_kinds_have_may_be_left_out_and_must_be_right() {
    let person = |number: &str, name: &str| DraftPerson {
        role: "journalist".into(),
        number: number.into(),
        name: name.into(),
    };
    let whole = Draft {
        start_time: "06:30".into(),
        requesting_state: "samplia".into(),
        persons: vec![DraftPerson::default(), person("3", "")],
        stages: vec![DraftStage { stage: "charge".into(), date: "2016-05".into(), note: String::new() }],
        ..publishable()
    };
    let particulars = checked(&whole).unwrap().particulars;
    assert_eq!(particulars.start_time.unwrap().to_string(), "06:30");
    assert_eq!(particulars.requesting.state.unwrap().as_str(), "XSA");
    assert_eq!((particulars.persons.len(), particulars.stages.len()), (1, 1));
    assert!(checked(&publishable()).unwrap().particulars.is_empty());

    let refused = |draft: Draft, field: &str, problem: Problem| {
        assert_eq!(problems_at(&draft, field), [problem], "{field}");
    };
    let month = Draft { start: "2016-05".into(), ..whole.clone() };
    refused(month, "start_time", Problem::TimeWithoutDay);
    let late = Draft { start_time: "25:00".into(), ..whole.clone() };
    refused(late, "start_time", Problem::NotATime { value: "25:00".into() });
    let many = Draft { persons: vec![person("some", "")], ..whole.clone() };
    refused(many, "persons.0.number", Problem::NotANumber { value: "some".into() });
    let named = Draft { persons: vec![person("1", "Fictional Name")], ..whole.clone() };
    refused(named.clone(), "persons.0.name", Problem::NamedAgainstCheck);
    let agreed = Draft { naming: "agreed".into(), naming_reason: "By letter.".into(), ..named };
    assert_eq!(checked(&agreed).unwrap().particulars.persons[0].name, "Fictional Name");
    let unknown = Draft { stages: vec![DraftStage { note: "x".into(), ..DraftStage::default() }], ..whole };
    refused(unknown, "stages.0.stage", Problem::Missing);
}

#[test]
fn an_entry_of_the_analysis_is_whole_or_none_and_relied_on_is_official() {
    let empty = Draft {
        links: vec![DraftLink::default()],
        findings: vec![DraftFinding::default()],
        assessments: vec![DraftAssessment {
            parts: vec![DraftPart { name: "lawful".into(), ..DraftPart::default() }],
            ..DraftAssessment::default()
        }],
        factors: vec![DraftFactor::default()],
        ..publishable()
    };
    assert!(checked(&empty).unwrap().analysis.is_empty(), "what holds nothing is no entry");
    let link = DraftLink {
        treaty: "budapest".into(),
        provision: "15".into(),
        way: "relied-on".into(),
        strength: "inference".into(),
        said_by: "A made-up ministry".into(),
        ..DraftLink::default()
    };
    let with = |link: DraftLink| Draft { links: vec![link], ..publishable() };
    assert_eq!(problems_at(&with(link.clone()), "links.0.strength"), [Problem::NeedsOfficial]);
    let statement = DraftLink { strength: "official-statement".into(), ..link.clone() };
    assert_eq!(refused_fields(&with(statement.clone())), ["links.0.source_url"]);
    let source_url = "https://example.org/statement".to_owned();
    assert!(checked(&with(DraftLink { source_url, ..statement })).is_ok());
    assert!(checked(&with(DraftLink { way: "implements".into(), ..link })).is_ok(), "others may be inferred");
}

#[test]
fn every_part_of_a_test_is_answered_and_no_other_stands_beside_them() {
    let part = |name: &str, outcome: &str| DraftPart {
        name: name.into(),
        outcome: outcome.into(),
        ..DraftPart::default()
    };
    let with = |right: &str, parts: Vec<DraftPart>| {
        let by = "The Made-up Institute".to_owned();
        let assessment = DraftAssessment { right: right.into(), parts, by, ..DraftAssessment::default() };
        Draft { assessments: vec![assessment], ..publishable() }
    };
    let both = vec![part("lawful", "met"), part("not-arbitrary", "")];
    assert_eq!(refused_fields(&with("ICCPR 17", both)), ["assessments.0.parts.1.outcome"]);
    let left = vec![part("lawful", "met"), part("not-arbitrary", "met"), part("necessary", "not-met")];
    let found = problems_at(&with("ICCPR 17", left), "assessments.0.parts.2.outcome");
    assert_eq!(found, [Problem::NotAPart { value: "necessary".into() }]);
    let untouched = vec![part("lawful", "met"), part("not-arbitrary", "met"), part("necessary", "")];
    let incident = checked(&with("ICCPR 17", untouched)).unwrap();
    assert_eq!(incident.analysis.assessments[0].outcome(), Outcome::Met);
    assert_eq!(refused_fields(&with("ICCPR 15", Vec::new())), ["assessments.0.right"]);
    assert_eq!(refused_fields(&with("none-fits", Vec::new())), ["assessments.0.other_right"]);
}
