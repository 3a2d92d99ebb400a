//! What stands in an incident's place: retracted with the reason, withheld with one sentence, erased with none of it.

use leptos::prelude::*;
use store::record::{Cause, Edition, Retracted};

use super::replies;
use crate::components::incident::address;
use crate::components::part::{link, paragraph, part};
use crate::components::shell::{PageHead, shell};
use crate::context::PageContext;

/// The page of a retracted incident.
pub(super) fn retracted(page: &Retracted, context: &PageContext) -> String {
    let text = context.text;
    let title = text.with("incident-retracted-title", &[("reference", (&page.reference).into())]);
    let head = PageHead { no_index: true, ..PageHead::new(title.clone(), String::new()) };
    let before = page.edition - 1;
    let reason =
        if page.reason.is_empty() { text.say("incident-retracted-no-reason") } else { page.reason.clone() };
    shell(context, head, || {
        let then = (before > 0).then(|| {
            let href = format!("{}?edition={before}", context.plain_link(&address(&page.reference)));
            view! {
                <p>
                    {text.say("incident-retracted-before")} " "
                    {link(href, text.with("incident-at-edition", &[("edition", before.to_string().into())]))}
                </p>
            }
        });
        view! {
            <div class="title-block gone">
                <p class="over">{page.reference.clone()}</p>
                <h1>{title.clone()}</h1>
                {paragraph(
                    text.with("incident-retracted-on", &[("day", text.day(page.on).into())]),
                )}
            </div>
            {part("reason", text.say("incident-retracted-reason"), view! { {paragraph(reason)} {then} })}
            {replies::replies(&page.replies, &page.reference, context)}
            {part("history", text.say("incident-history"), history(&page.history, &page.reference, context))}
        }
    })
}

/// The page of a withheld incident: that sentence alone, at every edition.
pub(super) fn withheld(reference: &str, context: &PageContext) -> String {
    alone(context, reference, "incident-withheld-title", "incident-withheld")
}

/// The page of an erased incident.
pub(super) fn erased(reference: &str, context: &PageContext) -> String {
    alone(context, reference, "incident-erased-title", "incident-erased")
}

fn alone(context: &PageContext, reference: &str, title: &str, words: &str) -> String {
    let text = context.text;
    let title = text.with(title, &[("reference", reference.into())]);
    let head = PageHead { no_index: true, ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, || {
        view! {
            <div class="title-block gone">
                <p class="over">{reference.to_owned()}</p>
                <h1>{title.clone()}</h1>
                {paragraph(text.say(words))}
            </div>
        }
    })
}

/// Publication, corrections, retraction: each with its edition, day and reason.
pub(super) fn history(history: &[Edition], reference: &str, context: &PageContext) -> AnyView {
    let text = context.text;
    let one = |edition: &Edition| {
        let words = text.with(
            "incident-history-line",
            &[
                ("cause", text.say(&format!("cause-{}", edition.cause.slug())).into()),
                ("day", text.day(edition.day).into()),
            ],
        );
        let at = text.with("incident-at-edition", &[("edition", edition.number.to_string().into())]);
        let at = if edition.cause == Cause::Retraction {
            at.into_any()
        } else {
            let href = format!("{}?edition={}", context.plain_link(&address(reference)), edition.number);
            link(href, at)
        };
        let reason =
            (!edition.reason.is_empty()).then(|| view! { <p class="small">{edition.reason.clone()}</p> });
        view! {
            <li>
                <p>{words} " · " {at}</p>
                {reason}
            </li>
        }
    };
    view! { <ol class="history">{history.iter().map(one).collect_view()}</ol> }.into_any()
}
