//! From form fields to a draft and back. Names are paths: `start`, `places.0`, `sources.1.url`; a group of
//! checkboxes sends one name several times.
//!
//! The desk's form, its autosave and its tests all speak these names. What a form may not set (provenance,
//! analysis) has no name here, and unknown names are passed over.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::country::Gazetteer;
use crate::error::{FieldError, Problem};
use crate::incident::{Draft, DraftActor, DraftPerson, DraftSource, DraftStage, LIMITS};

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

/// The most that one field may send, in bytes, before it is even looked at: four times the longest field.
const MOST_BYTES: usize = 4 * LIMITS.narrative;

/// `draft` with `fields` set. A field that is not sent stays; a text that is sent twice takes the last.
/// Nothing is refused for what it says, only for being more than can be kept.
pub fn parse(draft: &Draft, fields: &[(String, String)]) -> Result<Draft, Vec<FieldError>> {
    let mut value = serde_json::to_value(draft).expect("a draft is plain data");
    let root = value.as_object_mut().expect("a draft is an object");
    let mut errors = Vec::new();
    let mut choices: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (name, text) in fields {
        if text.len() > MOST_BYTES && is_known(name) {
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
    Ok(serde_json::from_value(value).expect("only texts were set, where texts were"))
}

/// The form's fields and what they hold: what the page shows and what two editors are compared by.
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
    for name in GROUPS {
        for (i, item) in value[*name].as_array().into_iter().flatten().enumerate() {
            for (key, text) in item.as_object().into_iter().flatten() {
                fields.insert(format!("{name}.{i}.{key}"), text_of(text));
            }
        }
    }
    fields
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

/// The names among `fields` that the case form has, each once.
pub fn known_names(fields: &[(String, String)]) -> Vec<String> {
    let mut names: Vec<String> =
        fields.iter().map(|(name, _)| name.clone()).filter(|name| is_known(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn is_known(name: &str) -> bool {
    let head = name.split('.').next().unwrap_or_default();
    [TEXTS, CHOICES, LISTS, GROUPS].iter().any(|names| names.contains(&head))
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
            *entry(root, head, index, Value::String(String::new()))? = Value::String(text.to_owned());
        }
        [index, key] if GROUPS.contains(&head) => {
            let empty = match head {
                "sources" => serde_json::to_value(DraftSource::default()),
                "persons" => serde_json::to_value(DraftPerson::default()),
                "stages" => serde_json::to_value(DraftStage::default()),
                _ => serde_json::to_value(DraftActor::default()),
            };
            let empty = empty.expect("an empty group is plain data");
            if empty.get(key).is_some() {
                entry(root, head, index, empty)?[key] = Value::String(text.to_owned());
            }
        }
        _ => {}
    }
    Ok(())
}

/// The entry at `index` of the list `head`, which grows to hold it.
fn entry<'a>(
    root: &'a mut Map<String, Value>,
    head: &str,
    index: &str,
    empty: Value,
) -> Result<&'a mut Value, Problem> {
    let too_many = Problem::TooMany { most: LIMITS.entries };
    let index: usize = index.parse().ok().filter(|i| *i < LIMITS.entries).ok_or(too_many)?;
    let list = root.get_mut(head).and_then(Value::as_array_mut).expect("the draft's lists are lists");
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
        let draft = parse(&Draft::default(), &fields).unwrap();
        let unknown = unknown_countries(&draft, &countries);
        assert_eq!(unknown.len(), 1, "{unknown:?}");
        assert_eq!(unknown[0].field, "places.1");
        let Problem::UnknownCountry { near, .. } = &unknown[0].problem else { panic!("{unknown:?}") };
        assert_eq!(near, &["Samplia"]);
    }

    #[test]
    fn an_index_beyond_the_limit_is_refused() {
        assert!(parse(&Draft::default(), &fields(&[("sources.60.url", "x")])).is_err());
        assert!(parse(&Draft::default(), &fields(&[("sources.99999999999999999999.url", "x")])).is_err());
    }

    #[test]
    fn two_megabytes_are_refused_and_named() {
        let errors = parse(&Draft::default(), &fields(&[("narrative", &"a".repeat(2 << 20))])).unwrap_err();
        assert_eq!(errors[0].field, "narrative");
    }

    proptest! {
        #[test]
        fn any_fields_are_taken_or_refused_and_flatten_gives_them_back(
            pairs in proptest::collection::vec(("[a-z_.0-9]{0,20}|start|narrative|sources\\.[0-9]\\.url", "\\PC{0,30}"), 0..8)
        ) {
            if let Ok(draft) = parse(&Draft::default(), &pairs) {
                let flat: Vec<(String, String)> = flatten(&draft).into_iter()
                    .filter(|(name, _)| !CHOICES.contains(&name.as_str())).collect();
                prop_assert_eq!(parse(&draft, &flat).unwrap(), draft);
            }
        }
    }
}
