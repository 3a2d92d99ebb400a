//! What differs between two versions of a fact, field by field.

use std::collections::BTreeMap;

use domain::fact::{FactKind, Shape, fields_of};
use leptos::prelude::*;

use super::FactWords;
use crate::components::facts::{Fact as Line, facts};

/// The fields of a form as they were sent, lists with one entry a line.
pub(super) fn gathered(kind: FactKind, sent: &[(String, String)]) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in sent.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let shape = fields_of(kind).iter().find(|field| field.name == name).map(|field| field.shape);
        match (shape, fields.get_mut(name)) {
            (Some(Shape::Any(_)), Some(list)) => {
                list.push('\n');
                list.push_str(text);
            }
            _ => {
                fields.insert(name.clone(), text.replace("\r\n", "\n").trim().to_owned());
            }
        }
    }
    fields
}

/// What differs: the label of each field, with what it held and holds.
pub(super) fn differences(
    words: &FactWords,
    kind: FactKind,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> AnyView {
    let text = words.text;
    let said = |name: &str, fields: &BTreeMap<String, String>| {
        fields.get(name).map_or_else(|| text.say("facts-empty"), |value| words.value(kind, name, value))
    };
    let lines: Vec<Line> = fields_of(kind)
        .iter()
        .filter(|field| before.get(field.name) != after.get(field.name))
        .map(|field| {
            let (old, new) = (said(field.name, before), said(field.name, after));
            let value = view! { <del dir="auto">{old}</del> " → " <ins dir="auto">{new}</ins> };
            Line::new(words.label(kind, field.name), value)
        })
        .collect();
    if lines.is_empty() {
        return view! { <p>{text.say("facts-no-difference")}</p> }.into_any();
    }
    facts(lines)
}
