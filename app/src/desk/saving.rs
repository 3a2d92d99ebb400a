//! What the two forms of a case say alike: what is wrong, who else changed it, what autosave says.

use std::collections::BTreeMap;

use domain::form::Form;
use domain::{FieldError, Problem};
use leptos::prelude::*;
use store::desk::{Blur, Conflict};
use text::Text;

use super::problem::{address, label, problem};
use super::value::{Known, value};
use crate::components::form::{control_id, error_summary_over};
use crate::islands::AutosaveWords;

/// What is wrong, on top of a form; what stands in the other one is linked there.
pub(super) fn summary(text: Text, case: &str, on: Form, errors: &[FieldError]) -> AnyView {
    error_summary_over(text, in_words(text, errors), |field| here_or_there(case, on, field))
}

fn here_or_there(case: &str, on: Form, field: &str) -> String {
    if Form::of(field) == Some(on) { format!("#{}", control_id(field)) } else { address(case, field) }
}

/// Every problem with its field, in the order in which they were found.
pub(super) fn in_words(text: Text, errors: &[FieldError]) -> Vec<(String, String)> {
    errors
        .iter()
        .map(|e| {
            let (field, problem) = (label(text, &e.field), problem(text, &e.problem));
            let said =
                text.with("form-field-problem", &[("field", field.into()), ("problem", problem.into())]);
            (e.field.clone(), said)
        })
        .collect()
}

/// Fields that somebody else changed meanwhile, with both texts.
pub(super) fn conflicts(text: Text, known: &Known, conflicts: &[Conflict], may_edit: bool) -> AnyView {
    if conflicts.is_empty() {
        return ().into_any();
    }
    let items = conflicts
        .iter()
        .map(|c| {
            view! {
                <li>
                    <p>{label(text, &c.field)}</p>
                    <p>{text.say("conflict-mine")} " " <q dir="auto">{value(text, known, &c.field, &c.mine)}</q></p>
                    <p>{text.say("conflict-theirs")} " " <q dir="auto">{value(text, known, &c.field, &c.theirs)}</q></p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="conflicts" role="alert">
            <h2>{text.say(if may_edit { "conflict-title" } else { "conflict-closed-title" })}</h2>
            <p>{text.say(if may_edit { "conflict-explained" } else { "conflict-closed" })}</p>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

/// Texts that still say what was blurred.
pub(super) fn still_says(text: Text, case: &str, on: Form, blurs: &[Blur]) -> AnyView {
    let open: Vec<FieldError> = blurs.iter().flat_map(Blur::open).collect();
    if open.is_empty() {
        return ().into_any();
    }
    let items = open.iter().map(|error| {
        view! {
            <li>
                <a href=here_or_there(case, on, &error.field)>{label(text, &error.field)}</a>
            </li>
        }
    });
    view! {
        <section>
            <h2>{text.say("blur-open")}</h2>
            <p class="hint">{text.say("blur-open-hint")}</p>
            <ul class="lookups">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The revision that the form is based on; browsers must not put an old one back.
pub(super) fn hidden_revision(revision: i64) -> AnyView {
    view! { <input type="hidden" name="revision" value=revision.to_string() autocomplete="off" /> }.into_any()
}

/// What may have been meant by names that nobody can find.
pub(super) fn meant(errors: &[FieldError]) -> BTreeMap<String, Vec<String>> {
    let near = |error: &FieldError| match &error.problem {
        Problem::UnknownCountry { near, .. }
        | Problem::SeveralCountries { near, .. }
        | Problem::UnknownTreaty { near, .. }
        | Problem::SeveralTreaties { near, .. }
        | Problem::UnknownProvision { near, .. } => Some((error.field.clone(), near.clone())),
        _ => None,
    };
    errors.iter().filter_map(near).collect()
}

/// The sentences of the island.
pub(super) fn autosave_words(text: Text) -> AutosaveWords {
    AutosaveWords {
        saving: text.say("autosave-saving"),
        // The island puts the time where the hole is.
        saved_at: text.with("autosave-saved-at", &[("time", "{time}".into())]),
        offline: text.say("autosave-offline"),
        signed_out: text.say("autosave-signed-out"),
        conflict: text.say("autosave-conflict"),
        mine: text.say("conflict-mine"),
        theirs: text.say("conflict-theirs"),
        refused: text.say("autosave-refused"),
    }
}
