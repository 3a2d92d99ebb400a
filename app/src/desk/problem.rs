//! What is wrong with a field, and what would be right, in words.

use domain::Problem;
use domain::form::Form;
use text::Text;

use crate::components::form::control_id;

/// The sentence for a problem.
pub fn problem(text: Text, problem: &Problem) -> String {
    let key = format!("problem-{}", problem.code());
    match problem {
        Problem::TooLong { given, most } => {
            text.with(&key, &[("given", (*given).into()), ("most", (*most).into())])
        }
        Problem::NoSuchDay { value, last } => {
            text.with(&key, &[("value", value.into()), ("last", i64::from(*last).into())])
        }
        Problem::TooMany { most } => text.with(&key, &[("most", (*most).into())]),
        Problem::UnknownCountry { value, near } if !near.is_empty() => text.with(
            "problem-unknown-country-near",
            &[("value", value.into()), ("near", text.list_or(near).into())],
        ),
        Problem::SeveralCountries { value, near } => {
            text.with(&key, &[("value", value.into()), ("near", text.list_or(near).into())])
        }
        Problem::UnknownTreaty { value, near } if !near.is_empty() => text.with(
            "problem-unknown-treaty-near",
            &[("value", value.into()), ("near", text.list_or(near).into())],
        ),
        Problem::UnknownProvision { value, near } if !near.is_empty() => text.with(
            "problem-unknown-provision-near",
            &[("value", value.into()), ("near", text.list_or(near).into())],
        ),
        Problem::SeveralTreaties { value, near } => {
            text.with(&key, &[("value", value.into()), ("near", text.list_or(near).into())])
        }
        Problem::NotInForce { states } | Problem::InForce { states } => {
            text.with(&key, &[("states", text.list_and(states).into())])
        }
        Problem::NotAPart { value } => {
            let part = format!("part-{value}");
            let part = if text.has(&part) { text.say(&part) } else { value.clone() };
            text.with(&key, &[("part", part.into())])
        }
        Problem::InUse { count } => text.with(&key, &[("count", (*count).into())]),
        Problem::NotASlug { value }
        | Problem::NotADate { value }
        | Problem::NotATime { value }
        | Problem::NotANumber { value }
        | Problem::InTheFuture { value }
        | Problem::NotAhead { value }
        | Problem::NotInList { value }
        | Problem::UnknownCountry { value, .. }
        | Problem::UnknownTreaty { value, .. }
        | Problem::UnknownProvision { value, .. }
        | Problem::NotAnAddress { value } => text.with(&key, &[("value", value.into())]),
        _ => text.say(&key),
    }
}

/// Where a field of a case is filled in: on the page of the case, of its analysis, or of its evidence.
pub(super) fn address(case: &str, field: &str) -> String {
    let page = match Form::of(field) {
        Some(Form::Analysis) => "/analysis",
        _ if field.starts_with("evidence.") => return format!("/desk/cases/{case}/evidence"),
        _ => "",
    };
    format!("/desk/cases/{case}{page}#{}", control_id(field))
}

/// A field's label: `sources.1.url` is "Source 2: address". What no form has a place for keeps its own name.
pub fn label(text: Text, field: &str) -> String {
    let head = field.split('.').next().unwrap_or_default();
    if !text.has(&format!("field-{}", head.replace('_', "-"))) {
        return field.replace(['.', '_'], " ");
    }
    let parts: Vec<&str> = field.split('.').collect();
    match parts[..] {
        ["evidence", _] => text.say("field-evidence"),
        [list, index, "parts", at, name] => {
            let number = |index: &str| index.parse::<i64>().map_or(1, |i| i + 1);
            let name = text.say(&format!("field-{list}-parts-{name}"));
            text.with(
                &format!("field-{list}-parts-n"),
                &[("number", number(index).into()), ("part", number(at).into()), ("name", name.into())],
            )
        }
        [list, index, name] => {
            let number = index.parse::<i64>().map_or(1, |i| i + 1);
            let name = text.say(&format!("field-{list}-{}", name.replace('_', "-")));
            text.with(&format!("field-{list}-n"), &[("number", number.into()), ("name", name.into())])
        }
        [list, "0"] => text.say(&format!("field-{list}")),
        [list, index] => {
            let number = index.parse::<i64>().map_or(1, |i| i + 1);
            text.with(&format!("field-{list}-more"), &[("number", number.into())])
        }
        _ => text.say(&format!("field-{}", field.replace('_', "-"))),
    }
}
