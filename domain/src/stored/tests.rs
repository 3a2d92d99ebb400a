//! Stored bytes: what is written reads back the same, forever, and what was tampered with is refused.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::error::Problem;
use crate::incident::Provenance;
use crate::incident::tests::{TODAY, countries, generate};

/// Stored by the first version of schema 1. Never write this file again.
const GOLDEN_1: &str = include_str!("golden/incident-1.json");
const GOLDEN_1_HASH: &str = "06d3f642b2c5b1d493a259531ade069688b0bef5e12fece3da7573f0bb94260f";

/// Stored by the first version of schema 2. Never write this file again.
const GOLDEN_2: &str = include_str!("golden/incident-2.json");
const GOLDEN_2_HASH: &str = "451d38a43c2a101d6a972153ea677a4e182a66a39686cdd06cd351c9a533bfea";

/// The golden file of schema 1 with one value changed.
fn tampered(pointer: &str, value: Value) -> Result<Incident, Unreadable> {
    tampered_in(GOLDEN_1, pointer, value)
}

fn tampered_in(golden: &str, pointer: &str, value: Value) -> Result<Incident, Unreadable> {
    let mut json: Value = serde_json::from_str(golden).unwrap();
    *json.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value;
    read(&json.to_string())
}

#[test]
fn what_was_stored_by_schema_1_reads_and_stores_the_same_forever() {
    let incident = read(GOLDEN_1).unwrap();
    assert_eq!(store(&incident).json, GOLDEN_1);
    assert_eq!(store(&incident).hash, GOLDEN_1_HASH);
    assert_eq!(content_hash(GOLDEN_1), GOLDEN_1_HASH);
}

#[test]
fn what_was_stored_by_schema_2_reads_and_stores_the_same_forever() {
    let incident = read(GOLDEN_2).unwrap();
    assert_eq!(store(&incident).json, GOLDEN_2);
    assert_eq!(store(&incident).hash, GOLDEN_2_HASH);
    let p = &incident.particulars;
    assert_eq!(
        (p.start_time.unwrap().to_string(), p.end_time.unwrap().to_string()),
        ("06:30".into(), "18:05".into())
    );
    assert_eq!((p.aimed_at[0].as_str(), p.targets[0].as_str()), ("aimed_at", "targets"));
    assert_eq!(
        (p.requesting.state.unwrap().as_str(), p.requesting.authority.as_str()),
        ("XEX", "requesting")
    );
    assert_eq!((p.requested.state.unwrap().as_str(), p.requested.authority.as_str()), ("XSA", "requested"));
    assert_eq!((p.extent.unwrap().slug(), p.channel.unwrap().slug()), ("nationwide", "extradition"));
    assert_eq!((p.provider.as_str(), p.persons[0].number), ("provider", Some(3)));
    assert_eq!((p.persons[0].name.as_str(), p.stages[0].note.as_str()), ("person name", "stage note"));

    // Without what only schema 2 has, it is what schema 1 stored, byte for byte.
    let before = Incident { particulars: crate::incident::Particulars::default(), ..incident };
    assert_eq!(store(&before).json, GOLDEN_1);
}

#[test]
fn schema_2_takes_no_other_fields_or_values_than_its_own() {
    for pointer in ["start_time", "end_time", "extent", "channel"] {
        let error = tampered_in(GOLDEN_2, &format!("/particulars/{pointer}"), json!("no/such")).unwrap_err();
        assert!(matches!(error, Unreadable::Value(_)), "{pointer}: {error}");
    }
    for pointer in ["requesting/state", "persons/0/role", "stages/0/stage", "stages/0/date"] {
        let error = tampered_in(GOLDEN_2, &format!("/particulars/{pointer}"), json!("no/such")).unwrap_err();
        assert!(matches!(error, Unreadable::Value(_)), "{pointer}: {error}");
    }
    for pointer in ["", "/requesting", "/persons/0", "/stages/0"] {
        let pointer = format!("/particulars{pointer}");
        let whole: Value = serde_json::from_str(GOLDEN_2).unwrap();
        let mut more = whole.pointer(&pointer).and_then(Value::as_object).unwrap().clone();
        more.insert("sealed_note".into(), json!("x"));
        let refused = tampered_in(GOLDEN_2, &pointer, Value::Object(more));
        assert!(matches!(refused, Err(Unreadable::Schema(_))), "{pointer}");
    }
    assert!(matches!(tampered_in(GOLDEN_2, "/particulars", Value::Null), Err(Unreadable::Schema(_))));
    assert!(matches!(tampered_in(GOLDEN_2, "/title", Value::Null), Err(Unreadable::Schema(_))));
}

#[test]
fn the_golden_file_fills_every_field_and_reads_into_the_right_one() {
    let json: Value = serde_json::from_str(GOLDEN_1).unwrap();
    let empty: Vec<&String> = json
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, v)| v.is_null() || *v == "" || v.as_array().is_some_and(Vec::is_empty))
        .map(|(key, _)| key)
        .collect();
    assert_eq!(empty, ["comment_not_asked"], "which stands only where nobody was asked");

    let i = read(GOLDEN_1).unwrap();
    assert_eq!(i.title, "title");
    assert_eq!((i.place_name.as_str(), i.authority.as_str()), ("place_name", "authority"));
    assert_eq!((i.decision.as_str(), i.law.as_str(), i.article.as_str()), ("decision", "law", "article"));
    assert_eq!(
        (i.documented_cause.as_str(), i.people_affected.as_str()),
        ("documented_cause", "people_affected")
    );
    assert_eq!((i.outcome.as_str(), i.series.as_str()), ("outcome", "series"));
    assert_eq!((i.start.to_string(), i.end.unwrap().to_string()), ("2016-05".into(), "2016-06-03".into()));
    assert_eq!(i.places.iter().map(ToString::to_string).collect::<Vec<_>>(), ["XEX", "XSA"]);
    assert_eq!(i.actors[0].state.unwrap().as_str(), "XEX");
    assert_eq!(i.sources[0].first_published_by, "source first_published_by");
    assert_eq!(i.provenance, Provenance::Desk);
    assert_eq!(i.analysis.links[0].provision.as_str(), "19(3)");
    assert_eq!(i.analysis.findings[0].quotation, "finding quotation");
    assert_eq!(i.analysis.assessments[0].parts[0].reason, "part reason");
    assert_eq!(i.analysis.factors[0].alleged_by, "factor alleged_by");
}

#[test]
fn an_unknown_schema_is_refused_by_its_name() {
    for schema in ["incident/3", "incident/", "", "incident/1 "] {
        let error = tampered("/schema", json!(schema)).unwrap_err();
        assert!(matches!(&error, Unreadable::UnknownSchema(named) if named == schema), "{error}");
    }
    for text in ["", "null", "[]", "{}", "{\"schema\":1}", "{\"schema\":\"incident/1\"}", "not json"] {
        assert!(matches!(read(text), Err(Unreadable::Schema(_))), "{text}");
    }
}

#[test]
fn a_value_that_its_list_does_not_have_is_refused() {
    for pointer in [
        "/kind",
        "/bearing",
        "/start",
        "/end",
        "/authority_kind",
        "/stance",
        "/contexts/0",
        "/naming_rule",
        "/comment_when",
        "/provenance",
        "/places/0",
        "/actors/0/role",
        "/actors/0/state",
        "/actors/0/attribution",
        "/sources/0/kind",
        "/sources/0/published",
        "/links/0/treaty",
        "/links/0/provision",
        "/links/0/way",
        "/links/0/strength",
        "/findings/0/kind",
        "/findings/0/date",
        "/assessments/0/date",
        "/assessments/0/parts/0/outcome",
        "/factors/0/kind",
        "/factors/0/basis",
    ] {
        let error = tampered(pointer, json!("Nothing/Such")).unwrap_err();
        assert!(matches!(error, Unreadable::Value(_)), "{pointer}: {error}");
    }
    let february = tampered("/start", json!("2016-02-31")).unwrap_err();
    assert!(matches!(february, Unreadable::Value(Problem::NoSuchDay { last: 29, .. })));
}

#[test]
fn a_field_too_many_or_too_few_is_refused_wherever_it_stands() {
    let objects = [
        "",
        "/actors/0",
        "/sources/0",
        "/links/0",
        "/findings/0",
        "/assessments/0",
        "/assessments/0/parts/0",
        "/factors/0",
    ];
    for pointer in objects {
        let whole: Value = serde_json::from_str(GOLDEN_1).unwrap();
        let object = whole.pointer(pointer).and_then(Value::as_object).unwrap();
        let mut more = object.clone();
        more.insert("sealed_note".into(), json!("x"));
        assert!(matches!(tampered(pointer, Value::Object(more)), Err(Unreadable::Schema(_))), "{pointer}");
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let mut less = object.clone();
            less.remove(key);
            let read = tampered(pointer, Value::Object(less.clone()));
            // A field that may be null may be left out; what it said is then gone, never something else.
            if let Ok(incident) = read {
                less.insert(key.clone(), Value::Null);
                let null = tampered(pointer, Value::Object(less));
                assert_eq!(null.ok(), Some(incident), "{pointer}/{key} was {value}");
            }
        }
    }
}

#[test]
fn fields_that_contradict_one_another_are_refused() {
    for (pointer, value) in [
        ("/comment_when", Value::Null),
        ("/comment_from", Value::Null),
        ("/comment_not_asked", json!("Because")),
        ("/justification_none_found", json!(true)),
    ] {
        assert!(matches!(tampered(pointer, value), Err(Unreadable::Value(_))), "{pointer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_checks_as_an_incident_reads_back_the_same_from_its_canonical_json(
        draft in prop_oneof![generate::whole_draft().boxed(), generate::any_draft().boxed()],
    ) {
        if let Ok(incident) = draft.check(&countries(), TODAY) {
            let stored = store(&incident);
            let again = read(&stored.json).unwrap();
            prop_assert_eq!(&again, &incident);
            prop_assert_eq!(store(&again), stored, "the same incident, the same bytes and hash");
        }
    }

    #[test]
    fn bytes_are_canonical(draft in generate::whole_draft()) {
        let json = store(&draft.check(&countries(), TODAY).unwrap()).json;
        let value: Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_jcs::to_string(&value).unwrap(), json.clone(), "sorted, without spaces");
        let on_one_line = !json.contains('\n');
        prop_assert!(on_one_line);
    }

    #[test]
    fn two_drafts_that_differ_have_different_hashes(
        one in generate::whole_draft(),
        other in generate::whole_draft(),
    ) {
        let stored = |draft: &crate::incident::Draft| store(&draft.check(&countries(), TODAY).unwrap());
        let (one, other) = (stored(&one), stored(&other));
        prop_assert_eq!(one.json == other.json, one.hash == other.hash);
        prop_assert_eq!(one.hash.len(), 64);
    }
}
