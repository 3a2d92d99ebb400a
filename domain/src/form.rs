//! From form fields to a draft and back. Names are paths: `start`, `places.0`, `sources.1.url`; a group of
//! checkboxes sends one name several times.
//!
//! The desk's forms, their autosave and its tests all speak these names. There are two forms, and no name stands in
//! both: that of the case, and that of its analysis. What a form may not set (provenance, the other form's fields) is
//! passed over, as are unknown names.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::country::Gazetteer;
use crate::error::{FieldError, Problem};
use crate::incident::{
    Draft, DraftActor, DraftAssessment, DraftFactor, DraftFinding, DraftLink, DraftPart, DraftPerson,
    DraftSource, DraftStage, LIMITS,
};
use crate::treaty::Library;

/// The fields of the case form that hold one text.
pub const TEXTS: &[&str] = &[
    "title",
    "place_name",
    "kind",
    "bearing",
    "start",
    "end",
    "ongoing",
    "authority_kind",
    "authority",
    "decision",
    "law",
    "article",
    "justification",
    "no_justification_found",
    "documented_cause",
    "stance",
    "services",
    "networks",
    "people_affected",
    "outcome",
    "narrative",
    "language",
    "transnational",
    "series",
    "related",
    "naming",
    "naming_reason",
    "comment_from",
    "comment_when",
    "comment_answer",
    "comment_not_asked",
    "start_time",
    "end_time",
    "extent",
    "aimed_at",
    "channel",
    "requesting_state",
    "requesting_authority",
    "requested_state",
    "requested_authority",
    "provider",
    "targets",
];

/// Groups of checkboxes: one name, several values.
pub const CHOICES: &[&str] = &["contexts"];

/// Lists of texts: `places.0`.
pub const LISTS: &[&str] = &["places"];

/// Lists of groups: `sources.0.url`.
pub const GROUPS: &[&str] = &["actors", "sources", "persons", "stages"];

/// The analysis form's lists of groups. Those of `assessments` have a list of their own: `assessments.0.parts.1.reason`.
pub const ANALYSIS: &[&str] = &["links", "findings", "assessments", "factors"];

/// One of the two forms of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// What happened.
    Case,
    /// What it means.
    Analysis,
}

impl Form {
    /// The form that a field stands in; nothing where it stands in none.
    pub fn of(name: &str) -> Option<Self> {
        let head = name.split('.').next().unwrap_or_default();
        let case = [TEXTS, CHOICES, LISTS, GROUPS].iter().any(|names| names.contains(&head));
        match () {
            () if case => Some(Self::Case),
            () if ANALYSIS.contains(&head) => Some(Self::Analysis),
            () => None,
        }
    }
}

/// The most that one field may send, in bytes, before it is even looked at: four times the longest field.
const MOST_BYTES: usize = 4 * LIMITS.narrative;

/// `draft` with the fields of `form` set. A field that is not sent stays; a text that is sent twice takes the last.
/// Nothing is refused for what it says, only for being more than can be kept.
pub fn parse(form: Form, draft: &Draft, fields: &[(String, String)]) -> Result<Draft, Vec<FieldError>> {
    let mut value = serde_json::to_value(draft).expect("a draft is plain data");
    let root = value.as_object_mut().expect("a draft is an object");
    let mut errors = Vec::new();
    let mut choices: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (name, text) in fields.iter().filter(|(name, _)| Form::of(name) == Some(form)) {
        if text.len() > MOST_BYTES {
            errors.push(FieldError::new(
                name,
                Problem::TooLong { given: text.chars().count(), most: LIMITS.narrative },
            ));
            continue;
        }
        if CHOICES.contains(&name.as_str()) {
            let list = choices.entry(name).or_default();
            if !text.is_empty() && list.len() < LIMITS.entries {
                list.push(Value::String(text.clone()));
            }
        } else if let Err(problem) = set(root, name, text) {
            errors.push(FieldError::new(name, problem));
        }
    }
    for (name, list) in choices {
        root.insert(name.to_owned(), Value::Array(list));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut draft: Draft = serde_json::from_value(value).expect("only texts were set, where texts were");
    if form == Form::Analysis {
        draft.assessments.iter_mut().for_each(DraftAssessment::lay_out);
    }
    Ok(draft)
}

/// Both forms' fields and what they hold: what the pages show and what two editors are compared by.
pub fn flatten(draft: &Draft) -> BTreeMap<String, String> {
    let value = serde_json::to_value(draft).expect("a draft is plain data");
    let mut fields = BTreeMap::new();
    for name in TEXTS {
        fields.insert((*name).to_owned(), text_of(&value[*name]));
    }
    for name in CHOICES {
        let chosen: Vec<String> = value[*name].as_array().into_iter().flatten().map(text_of).collect();
        fields.insert((*name).to_owned(), chosen.join("\n"));
    }
    for name in LISTS {
        for (i, item) in value[*name].as_array().into_iter().flatten().enumerate() {
            fields.insert(format!("{name}.{i}"), text_of(item));
        }
    }
    for name in GROUPS.iter().chain(ANALYSIS) {
        flatten_groups(name, &value[*name], &mut fields);
    }
    fields
}

fn flatten_groups(name: &str, groups: &Value, fields: &mut BTreeMap<String, String>) {
    for (i, item) in groups.as_array().into_iter().flatten().enumerate() {
        for (key, held) in item.as_object().into_iter().flatten() {
            let name = format!("{name}.{i}.{key}");
            if held.is_array() {
                flatten_groups(&name, held, fields);
            } else {
                fields.insert(name, text_of(held));
            }
        }
    }
}

/// The field takes a country, in any spelling.
pub fn takes_a_country(name: &str) -> bool {
    matches!(
        name.split('.').collect::<Vec<_>>()[..],
        ["places", _] | ["actors", _, "state"] | ["requesting_state"] | ["requested_state"]
    )
}

/// Every spelling of a country in `fields` that one is known by, as its code. What is half typed, unknown or
/// ambiguous stays as it was typed.
pub fn with_codes(fields: &mut [(String, String)], countries: &Gazetteer) {
    for (_, text) in fields.iter_mut().filter(|(name, _)| takes_a_country(name)) {
        if let Ok(code) = countries.find(text) {
            *text = code.to_string();
        }
    }
}

/// The countries of `draft` that nobody can find as they are spelt.
pub fn unknown_countries(draft: &Draft, countries: &Gazetteer) -> Vec<FieldError> {
    let typed = flatten(draft).into_iter();
    let typed = typed.filter(|(name, text)| takes_a_country(name) && !text.trim().is_empty());
    typed.filter_map(|(name, text)| Some(FieldError::new(name, countries.find(&text).err()?))).collect()
}

/// The field takes a treaty, in any spelling.
pub fn takes_a_treaty(name: &str) -> bool {
    matches!(name.split('.').collect::<Vec<_>>()[..], ["links", _, "treaty"])
}

/// Treaties in `fields` as their slugs, and provisions of treaty links as their numbers, where they are known; also the
/// provision that `draft` holds for a treaty that is only now typed. The rest stays as it was typed.
pub fn with_numbers(fields: &mut Vec<(String, String)>, draft: &Draft, library: &Library) {
    for (_, text) in fields.iter_mut().filter(|(name, _)| takes_a_treaty(name)) {
        if let Ok(slug) = library.treaty(text) {
            *text = slug.to_string();
        }
    }
    let mut links: Vec<usize> = fields
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("links.")?.split('.').next()?.parse().ok())
        .filter(|i| *i < LIMITS.entries)
        .collect();
    links.sort_unstable();
    links.dedup();
    for i in links {
        let name = |key: &str| format!("links.{i}.{key}");
        let sent = |key: &str| fields.iter().rposition(|(field, _)| *field == name(key));
        let held = draft.links.get(i);
        let treaty = match sent("treaty") {
            Some(at) => fields[at].1.clone(),
            None => held.map(|link| link.treaty.clone()).unwrap_or_default(),
        };
        let typed = match sent("provision") {
            Some(at) => fields[at].1.clone(),
            None => held.map(|link| link.provision.clone()).unwrap_or_default(),
        };
        let number = treaty.parse().and_then(|slug| library.provision(&slug, &typed)).map(|n| n.to_string());
        match (number, sent("provision")) {
            (Ok(number), Some(at)) => fields[at].1 = number,
            (Ok(number), None) if number != typed => fields.push((name("provision"), number)),
            _ => {}
        }
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn set(root: &mut Map<String, Value>, name: &str, text: &str) -> Result<(), Problem> {
    let mut path = name.split('.');
    let head = path.next().unwrap_or_default();
    let rest: Vec<&str> = path.collect();
    match rest[..] {
        [] if TEXTS.contains(&head) => {
            root.insert(head.to_owned(), Value::String(text.to_owned()));
        }
        [index] if LISTS.contains(&head) => {
            *entry(&mut root[head], index, Value::String(String::new()))? = Value::String(text.to_owned());
        }
        [index, key] if GROUPS.contains(&head) || ANALYSIS.contains(&head) => {
            let empty = empty_group(head);
            if empty.get(key).is_some_and(Value::is_string) {
                entry(&mut root[head], index, empty)?[key] = Value::String(text.to_owned());
            }
        }
        [index, "parts", at, key] if head == "assessments" => {
            let empty = plain(DraftPart::default());
            if empty.get(key).is_some() {
                let assessment = entry(&mut root[head], index, empty_group(head))?;
                entry(&mut assessment["parts"], at, empty)?[key] = Value::String(text.to_owned());
            }
        }
        _ => {}
    }
    Ok(())
}

/// An entry of the list `head` with nothing in it.
fn empty_group(head: &str) -> Value {
    match head {
        "sources" => plain(DraftSource::default()),
        "persons" => plain(DraftPerson::default()),
        "stages" => plain(DraftStage::default()),
        "links" => plain(DraftLink::default()),
        "findings" => plain(DraftFinding::default()),
        "assessments" => plain(DraftAssessment::default()),
        "factors" => plain(DraftFactor::default()),
        _ => plain(DraftActor::default()),
    }
}

fn plain(group: impl serde::Serialize) -> Value {
    serde_json::to_value(group).expect("an empty group is plain data")
}

/// The entry of `list` at `index`; it grows to hold it.
fn entry<'a>(list: &'a mut Value, index: &str, empty: Value) -> Result<&'a mut Value, Problem> {
    let too_many = Problem::TooMany { most: LIMITS.entries };
    let index: usize = index.parse().ok().filter(|i| *i < LIMITS.entries).ok_or(too_many)?;
    let list = list.as_array_mut().expect("the draft's lists are lists");
    while list.len() <= index {
        list.push(empty.clone());
    }
    Ok(&mut list[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn groups_lists_and_texts_are_set_by_their_names() {
        let draft = parse(
            Form::Case,
            &Draft::default(),
            &fields(&[
                ("start", "2016-02-31"),
                ("places.0", "Brazil"),
                ("sources.1.url", "https://example.org"),
                ("contexts", ""),
                ("contexts", "election"),
                ("contexts", "protest"),
                ("revision", "7"),
                ("provenance", "starter"),
            ]),
        )
        .unwrap();
        assert_eq!(draft.start, "2016-02-31", "what was typed is kept, however wrong");
        assert_eq!(draft.places, ["Brazil"]);
        assert_eq!(draft.sources.len(), 2);
        assert_eq!(draft.contexts, ["election", "protest"]);
        assert_eq!(draft.provenance, crate::incident::Provenance::Desk, "no form field sets it");
        assert_eq!(flatten(&draft)["sources.1.url"], "https://example.org");
    }

    #[test]
    fn a_country_is_kept_as_its_code_and_what_is_no_country_as_typed() {
        let countries = crate::incident::tests::countries();
        let typed = [
            ("places.0", "samplia"),
            ("places.1", "Sampl"),
            ("actors.0.state", " Republic of EXAMPLIA"),
            ("requested_state", "XQU"),
            ("requesting_state", ""),
            ("title", "samplia"),
        ];
        let mut fields = fields(&typed);
        with_codes(&mut fields, &countries);
        let kept: Vec<&str> = fields.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(kept, ["XSA", "Sampl", "XEX", "XQU", "", "samplia"]);
        let draft = parse(Form::Case, &Draft::default(), &fields).unwrap();
        let unknown = unknown_countries(&draft, &countries);
        assert_eq!(unknown.len(), 1, "{unknown:?}");
        assert_eq!(unknown[0].field, "places.1");
        let Problem::UnknownCountry { near, .. } = &unknown[0].problem else { panic!("{unknown:?}") };
        assert_eq!(near, &["Samplia"]);
    }

    #[test]
    fn an_index_beyond_the_limit_is_refused() {
        assert!(parse(Form::Case, &Draft::default(), &fields(&[("sources.60.url", "x")])).is_err());
        assert!(
            parse(Form::Case, &Draft::default(), &fields(&[("sources.99999999999999999999.url", "x")]))
                .is_err()
        );
    }

    #[test]
    fn two_megabytes_are_refused_and_named() {
        let errors = parse(Form::Case, &Draft::default(), &fields(&[("narrative", &"a".repeat(2 << 20))]))
            .unwrap_err();
        assert_eq!(errors[0].field, "narrative");
    }

    #[test]
    fn neither_form_sets_a_field_of_the_other() {
        let forged = fields(&[
            ("title", "Forged"),
            ("sources.0.url", "https://example.org"),
            ("contexts", "election"),
            ("links.0.reason", "Because."),
            ("assessments.1.parts.0.reason", "Because."),
        ]);
        let of_case = parse(Form::Case, &Draft::default(), &forged).unwrap();
        assert!(of_case.links.is_empty() && of_case.assessments.is_empty());
        assert_eq!(of_case.title, "Forged");
        let of_analysis =
            parse(Form::Analysis, &of_case, &fields(&[("title", "Other"), ("links.0.way", "x")]));
        let of_analysis = of_analysis.unwrap();
        assert_eq!((of_analysis.title.as_str(), of_analysis.links[0].way.as_str()), ("Forged", "x"));
        assert!(of_case.differs_in_analysis_alone(&of_analysis));
        for name in flatten(&of_analysis).keys() {
            assert!(Form::of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_test_is_laid_out_in_its_parts_and_another_one_loses_nothing() {
        let set =
            |draft: &Draft, pairs: &[(&str, &str)]| parse(Form::Analysis, draft, &fields(pairs)).unwrap();
        let draft = set(&Draft::default(), &[("assessments.0.right", "ICCPR 17")]);
        let flat = flatten(&draft);
        assert_eq!(flat["assessments.0.parts.1.name"], "not-arbitrary");
        let draft = set(&draft, &[("assessments.0.parts.1.outcome", "met")]);
        let draft = set(&draft, &[("assessments.0.right", "ICCPR 9")]);
        let names: Vec<&str> = draft.assessments[0].parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["lawful", "not-arbitrary", "promptly-before-a-judge"]);
        assert_eq!(draft.assessments[0].parts[1].outcome, "met", "the same part of another test");
        assert!(parse(Form::Analysis, &draft, &fields(&[("assessments.0.parts.60.name", "x")])).is_err());
        let odd = set(&draft, &[("assessments.0.parts", "x"), ("links.0.parts.0.name", "x")]);
        assert_eq!(odd, draft, "a list is no text");
    }

    proptest! {
        #[test]
        fn any_fields_are_taken_or_refused_and_flatten_gives_them_back(
            pairs in proptest::collection::vec((
                "[a-z_.0-9]{0,20}|start|narrative|(sources|links)\\.[0-9]\\.(url|way)|assessments\\.[0-9]\\.(right|parts\\.[0-9]\\.name)",
                "\\PC{0,30}|ICCPR 9|ICCPR 14",
            ), 0..8),
            form in proptest::sample::select(vec![Form::Case, Form::Analysis]),
        ) {
            if let Ok(draft) = parse(form, &Draft::default(), &pairs) {
                let flat: Vec<(String, String)> = flatten(&draft).into_iter()
                    .filter(|(name, _)| !CHOICES.contains(&name.as_str())).collect();
                prop_assert_eq!(parse(form, &draft, &flat).unwrap(), draft);
            }
        }
    }
}
