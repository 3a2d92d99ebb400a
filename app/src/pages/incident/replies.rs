//! What came of replies, and the way to write one.

use domain::reply::Outcome;
use leptos::prelude::*;
use store::record::PublicReply;

use crate::components::incident::address;
use crate::components::part::{link, note, part, prose};
use crate::context::PageContext;

/// The part.
pub(super) fn replies(replies: &[PublicReply], reference: &str, context: &PageContext) -> AnyView {
    let text = context.text;
    let items = replies.iter().map(|reply| one(reply, reference, context)).collect_view();
    let list = (!replies.is_empty()).then(|| view! { <ol class="history" role="list">{items}</ol> });
    let ask = context.plain_link(&format!("{}/reply", address(reference)));
    let body = view! {
        {list}
        {note(text.say("incident-reply-note"))}
        <p>{link(ask, text.say("incident-reply-ask"))}</p>
    };
    part("replies", text.say("incident-replies"), body)
}

fn one(reply: &PublicReply, reference: &str, context: &PageContext) -> AnyView {
    let text = context.text;
    let kind = text.say(&format!("incident-reply-kind-{}", reply.kind.slug()));
    let args = [("kind", kind.into()), ("day", text.day(reply.day).into()), ("party", (&reply.party).into())];
    let heading = if reply.party.is_empty() { "incident-reply-answered" } else { "incident-reply-from" };
    let outcome = match (reply.withheld_on, reply.outcome) {
        (Some(day), _) => text.with("incident-reply-withheld", &[("day", text.day(day).into())]).into_any(),
        (None, Outcome::Published) => view! {
            <p>{text.say("incident-reply-published")}</p>
            <blockquote>{prose(&reply.words)}</blockquote>
        }
        .into_any(),
        (None, Outcome::Corrected) => {
            let edition = reply.corrected_in.unwrap_or(reply.edition).to_string();
            let href = format!("{}?edition={edition}", context.plain_link(&address(reference)));
            let at = text.with("incident-at-edition", &[("edition", edition.into())]);
            view! { <p>{text.say("incident-reply-corrected")} " " {link(href, at)}</p> }.into_any()
        }
        (None, _) => view! { <p>{text.say("incident-reply-declined")}</p> }.into_any(),
    };
    let reason = (!reply.reason.is_empty()).then(|| {
        view! {
            <p>{text.say("incident-reply-reason")}</p>
            {prose(&reply.reason)}
        }
    });
    view! {
        <li>
            <h3 dir="auto">{text.with(heading, &args)}</h3>
            {outcome}
            {reason}
        </li>
    }
    .into_any()
}
