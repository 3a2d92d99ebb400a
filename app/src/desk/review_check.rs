//! What a reviewer stands for beyond the words: who is named and by which rule, who was asked for comment, and how many
//! publishers the sources come from.

use std::collections::BTreeSet;

use domain::incident::Draft;
use leptos::prelude::*;
use text::Text;

use super::value::{self, Known};

/// The naming check and the comment sought, in one place.
pub(super) fn check(text: Text, draft: &Draft, known: &Known) -> AnyView {
    let or_missing = |said: String| if said.trim().is_empty() { text.say("check-not-said") } else { said };
    let names: Vec<&str> = draft
        .actors
        .iter()
        .map(|actor| actor.name.trim())
        .chain(draft.persons.iter().map(|person| person.name.trim()))
        .filter(|name| !name.is_empty())
        .collect();
    let named = if names.is_empty() { text.say("check-no-name-field") } else { names.join("; ") };
    let publishers: BTreeSet<&str> = draft
        .sources
        .iter()
        .map(|source| source.first_published_by.trim())
        .filter(|name| !name.is_empty())
        .collect();
    let comment = if !draft.comment_from.trim().is_empty() {
        let answer = draft.comment_answer.trim();
        let answer = if answer.is_empty() { text.say("check-no-answer") } else { answer.to_owned() };
        text.with(
            "check-asked",
            &[
                ("from", (&draft.comment_from).into()),
                ("when", or_missing(draft.comment_when.clone()).into()),
                ("answer", answer.into()),
            ],
        )
    } else if draft.comment_not_asked.trim().is_empty() {
        text.say("check-not-said")
    } else {
        text.with("check-not-asked", &[("reason", (&draft.comment_not_asked).into())])
    };
    let facts = [
        ("check-rule", or_missing(value::value(text, known, "naming", &draft.naming))),
        ("check-rule-reason", draft.naming_reason.clone()),
        ("check-named", named),
        ("check-publishers", publishers.len().to_string()),
        ("check-comment", comment),
    ];
    let rows = facts.into_iter().filter(|(_, said)| !said.trim().is_empty()).map(|(key, said)| {
        view! {
            <dt>{text.say(key)}</dt>
            <dd dir="auto">{said}</dd>
        }
    });
    view! {
        <section>
            <h2>{text.say("check-title")}</h2>
            <p>{text.say("check-explained")}</p>
            <dl class="facts">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}
