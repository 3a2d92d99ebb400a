//! Proposals: for a steward those that wait, for everybody else their own and what became of them.

use domain::fact::{FactAction, address, may_on_facts};
use leptos::prelude::*;
use store::desk::{Member, Proposal, ProposalState, ProposedAct};

use super::{FactWords, back, more};
use crate::components::form::{Control, Field, Weight, button, error_of, error_summary, field, hidden};
use crate::context::PageContext;
use crate::desk::{cases, desk_page};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Proposals {
    /// Who asks.
    pub member: Member,
    /// What facts are said with.
    pub words: FactWords,
    /// This page's proposals.
    pub proposals: Vec<Proposal>,
    /// The address of the next page, where more follow.
    pub next: Option<String>,
    /// A reason as typed: field and text.
    pub typed: Option<(String, String)>,
    /// What was wrong with it: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn proposals(context: &PageContext, page: Proposals) -> String {
    let text = context.text;
    let title = text.say("proposals-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let decides = may_on_facts(page.member.role, FactAction::Decide);
        let key = |of: &str| format!("proposals-{of}{}", if decides { "" } else { "-own" });
        let list = if page.proposals.is_empty() {
            view! { <p class="empty">{text.say(&key("none"))}</p> }.into_any()
        } else {
            let items = page.proposals.iter().map(|one| line(&page, one, decides)).collect_view();
            view! { <ul class="cases">{items}</ul> }.into_any()
        };
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors.clone())}
            {back(&page.words)}
            <p>{text.say(&key("explained"))}</p>
            {list}
            {more(&page.words, page.next.as_ref())}
        }
    })
}

fn line(page: &Proposals, proposal: &Proposal, decides: bool) -> AnyView {
    let text = page.words.text;
    let kind = text.say(&format!("fact-kind-{}", proposal.kind.slug()));
    let what = text.with(&format!("proposals-act-{}", proposal.act.slug()), &[("kind", kind.into())]);
    let to = match proposal.act {
        ProposedAct::Add => format!("/desk/record/new/{}", proposal.kind.slug()),
        _ => address(proposal.kind, &proposal.fact),
    };
    let to = format!("{to}?proposal={}", proposal.id);
    let about = about(page, proposal);
    let name = if about.is_empty() { what.clone() } else { format!("{what}: {about}") };
    let made = text.with("proposals-made", &[("when", cases::moment(text, &proposal.made_at).into())]);
    let from = if decides { proposal.organisation_name.clone() } else { state(page, proposal) };
    let answer = (!proposal.answer.is_empty())
        .then(|| text.with("proposals-answer", &[("answer", (&proposal.answer).into())]));
    let head = if decides {
        view! { <a href=to dir="auto">{name}</a> }.into_any()
    } else {
        view! { <b dir="auto">{name}</b> }.into_any()
    };
    view! {
        <li>
            <p>{head}</p>
            <p class="meta" dir="auto">{[from, made].join(" · ")}</p>
            <p dir="auto">{proposal.reason.clone()}</p>
            {answer.map(|said| view! { <p dir="auto">{said}</p> })}
            {decides.then(|| decline(page, proposal))}
        </li>
    }
    .into_any()
}

/// The fact that a proposal is about, by what was typed of it.
fn about(page: &Proposals, proposal: &Proposal) -> String {
    let typed = |name: &str| {
        let value = proposal.fields.iter().rev().find(|(field, _)| field == name);
        value.map(|(_, text)| page.words.value(proposal.kind, name, text))
    };
    let parts =
        ["country", "kind", "done", "treaty", "number", "heading", "short_title", "name", "group", "source"];
    let parts: Vec<String> =
        parts.iter().filter_map(|name| typed(name)).filter(|t| !t.is_empty()).take(4).collect();
    if parts.is_empty() { proposal.fact.clone() } else { parts.join(" · ") }
}

fn state(page: &Proposals, proposal: &Proposal) -> String {
    let text = page.words.text;
    match (proposal.state, proposal.edition) {
        (ProposalState::Taken, Some(edition)) => {
            text.with("proposals-state-taken", &[("edition", edition.into())])
        }
        (state, _) => text.say(&format!("proposals-state-{}", state.slug())),
    }
}

fn decline(page: &Proposals, proposal: &Proposal) -> AnyView {
    let text = page.words.text;
    let name = format!("reason.{}", proposal.id);
    let typed = page.typed.as_ref().filter(|(field, _)| *field == name);
    let reason = Field::new(name.clone(), text.say("proposals-decline-reason"))
        .control(Control::Lines(2))
        .hint(text.say("proposals-decline-hint"))
        .value(typed.map(|(_, text)| text.clone()).unwrap_or_default())
        .error(error_of(&page.errors, &name));
    let open = reason.error.is_some();
    view! {
        <details open=open>
            <summary>{text.say("proposals-decline")}</summary>
            <form method="post" action=format!("/desk/record/proposals/{}", proposal.id)>
                {hidden("member", &page.member.id)} {field(text, reason)}
                {button(text.say("proposals-decline-button"), "", "", Weight::Grave)}
            </form>
        </details>
    }
    .into_any()
}
