//! Replies from outside: those that wait, and one of them with its answer.

use domain::reply::{Answer, Outcome, ReplyState};
use domain::rights::{Action, may};
use leptos::prelude::*;
use store::desk::{Member, OpenReply, ReplyLine};
use text::Text;

use super::cases::moment;
use super::desk_page;
use crate::components::form::{
    Choice, Control, Field, Sight, Weight, button, error_of, error_summary, field, hidden, sight,
};
use crate::components::incident::address;
use crate::components::part::{link, outward, prose};
use crate::context::PageContext;

/// The section of the queue; nothing where none waits.
pub(super) fn waiting(text: Text, member: &Member, replies: &[ReplyLine]) -> AnyView {
    if replies.is_empty() {
        return ().into_any();
    }
    let items = replies
        .iter()
        .map(|reply| {
            let kind = text.say(&format!("replies-kind-{}", reply.kind.slug()));
            let about =
                text.with("replies-line", &[("kind", kind.into()), ("reference", (&reply.reference).into())]);
            view! {
                <li>
                    <p>{link(format!("/desk/replies/{}", reply.id), about)}</p>
                    <p class="meta">{stands(text, member, reply)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section id="replies">
            <h2>{text.say("replies-waiting")}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

/// Where a reply stands, and since when.
fn stands(text: Text, member: &Member, reply: &ReplyLine) -> String {
    let is_own = reply.prepared_by.as_deref() == Some(member.id.as_str());
    let state = match reply.state {
        ReplyState::Prepared if is_own => text.say("replies-state-prepared-by-you"),
        state => text.say(&format!("replies-state-{}", state.slug())),
    };
    let when = text.with("replies-received", &[("when", moment(text, &reply.received_at).into())]);
    format!("{state} · {when}")
}

/// What the page of a reply shows.
#[derive(Clone)]
pub struct ReplyPage {
    /// Who asks.
    pub member: Member,
    /// The reply.
    pub reply: OpenReply,
    /// The contact, once revealed.
    pub contact: Option<String>,
    /// What was typed and refused.
    pub typed: Vec<(String, String)>,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn reply(context: &PageContext, page: ReplyPage) -> String {
    let text = context.text;
    let title = text.say("replies-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let line = &page.reply.line;
        let is_open = line.state != ReplyState::Answered;
        view! {
            <h1>{title}</h1>
            <p>
                {text.say(&format!("replies-kind-{}", line.kind.slug()))} " · "
                {link(address(&line.reference), line.reference.clone())} " · "
                {link(format!("/desk/cases/{}", line.case), text.say("replies-case"))}
            </p>
            <p class="meta">{stands(text, &page.member, line)}</p>
            {error_summary(text, page.errors.clone())}
            {said(text, &page)}
            {contact(text, &page)}
            {line.prepared.as_ref().map(|answer| prepared(text, &page, answer))}
            {is_open.then(|| form(text, &page))}
        }
    })
}

fn said(text: Text, page: &ReplyPage) -> AnyView {
    let body = match &page.reply.words {
        None => view! { <p>{text.say("replies-words-gone")}</p> }.into_any(),
        Some(words) => {
            let agrees = if words.may_name { "replies-may-name" } else { "replies-may-not-name" };
            let name = (!words.name.is_empty()).then(|| {
                view! {
                    <dt>{text.say("replies-name")}</dt>
                    <dd dir="auto">{words.name.clone()} " (" {text.say(agrees)} ")"</dd>
                }
            });
            let source = (!words.source.is_empty()).then(|| {
                view! {
                    <dt>{text.say("replies-source")}</dt>
                    <dd>{outward(&words.source, words.source.clone())}</dd>
                }
            });
            view! {
                <blockquote>{prose(&words.text)}</blockquote>
                <dl class="facts">{name} {source}</dl>
            }
            .into_any()
        }
    };
    view! {
        <section>
            <h2>{text.say("replies-said")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn contact(text: Text, page: &ReplyPage) -> AnyView {
    let body = match &page.contact {
        Some(contact) => view! { <p dir="auto">{contact.clone()}</p> }.into_any(),
        None if !page.reply.has_contact => view! { <p>{text.say("replies-contact-none")}</p> }.into_any(),
        None => act(text, page, "contact", "replies-contact-reveal", Weight::Plain),
    };
    view! {
        <section>
            <h2>{text.say("replies-contact")} " " {sight(text, Sight::Sealed)}</h2>
            <p class="meta">{text.say("replies-contact-explained")}</p>
            {body}
        </section>
    }
    .into_any()
}

/// A form of one button.
fn act(text: Text, page: &ReplyPage, what: &str, label: &str, weight: Weight) -> AnyView {
    view! {
        <form method="post" action=format!("/desk/replies/{}", page.reply.line.id)>
            {hidden("member", &page.member.id)} {hidden("seen", &page.reply.line.seen())}
            {button(text.say(label), "do", what, weight)}
        </form>
    }
    .into_any()
}

/// The answer that waits for another reviewer, or that was given.
fn prepared(text: Text, page: &ReplyPage, answer: &Answer) -> AnyView {
    let row = |label: &str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{text.say(label)}</dt> <dd dir="auto">{prose(&value)}</dd> })
    };
    let edition = answer.edition.map(|edition| edition.to_string()).unwrap_or_default();
    let case = &page.reply.case;
    let may_publish =
        may(page.member.role, case.relation(&page.member), Action::PublishReply, page.reply.facts);
    let steps = (page.reply.line.state == ReplyState::Prepared).then(|| {
        let publish = if may_publish {
            view! {
                <p>{text.say("replies-publish-explained")}</p>
                {act(text, page, "publish", "replies-publish", Weight::Main)}
            }
            .into_any()
        } else {
            view! { <p>{text.say("replies-yours")}</p> }.into_any()
        };
        view! { {publish} {act(text, page, "take-back", "replies-take-back", Weight::Plain)} }
    });
    view! {
        <section>
            <h2>{text.say("replies-prepared")}</h2>
            <p>{text.say(&format!("replies-outcome-{}", answer.outcome.slug()))}</p>
            <dl class="facts">
                {row("replies-field-words", answer.words.clone())}
                {row("replies-field-party", answer.party.clone())} {row("replies-field-edition", edition)}
                {row("replies-field-reason", answer.reason.clone())}
            </dl>
            {steps}
        </section>
    }
    .into_any()
}

fn form(text: Text, page: &ReplyPage) -> AnyView {
    let (line, words) = (&page.reply.line, page.reply.words.as_ref());
    let before = line.prepared.as_ref();
    let typed = |name: &str, otherwise: String| {
        let typed = page.typed.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.clone());
        typed.unwrap_or(otherwise)
    };
    let one = |name: &str, control: Control, otherwise: Option<String>| {
        Field::new(name, text.say(&format!("replies-field-{name}")))
            .control(control)
            .value(typed(name, otherwise.unwrap_or_default()))
            .error(error_of(&page.errors, name))
            .sight(Sight::Public)
    };
    let outcome = Field::new("outcome", text.say("replies-outcome"))
        .control(Control::Radios(line.kind.outcomes().iter().map(|one| choice(text, *one)).collect()))
        .value(typed("outcome", before.map(|a| a.outcome.slug().to_owned()).unwrap_or_default()))
        .error(error_of(&page.errors, "outcome"));
    let may_name = words.is_some_and(|words| words.may_name);
    let name = words.filter(|words| words.may_name).map(|words| words.name.clone());
    let can = |outcome: Outcome| line.kind.outcomes().contains(&outcome);
    let shown = can(Outcome::Published).then(|| {
        let said = before.map(|a| a.words.clone()).filter(|said| !said.is_empty());
        let said = said.or(words.map(|words| words.text.clone()));
        let words = one("words", Control::Lines(8), said).hint(text.say("replies-field-words-hint"));
        let party =
            may_name.then(|| one("party", Control::Line, name).hint(text.say("replies-field-party-hint")));
        view! { {field(text, words)} {party.map(|party| field(text, party))} }
    });
    let edition = can(Outcome::Corrected).then(|| {
        let edition = before.and_then(|a| a.edition).map(|edition| edition.to_string());
        field(text, one("edition", Control::Select(editions(text, page)), edition))
    });
    let reason = one("reason", Control::Lines(4), before.map(|a| a.reason.clone()));
    let reason = if can(Outcome::Published) { reason } else { reason.sight(Sight::Unmarked) };
    view! {
        <section>
            <h2>{text.say("replies-answer")}</h2>
            <p>{text.say("replies-answer-explained")}</p>
            <form method="post" action=format!("/desk/replies/{}", line.id)>
                {hidden("member", &page.member.id)} {field(text, outcome)} {shown} {edition}
                {field(text, reason)} {button(text.say("replies-prepare"), "do", "answer", Weight::Main)}
            </form>
        </section>
    }
    .into_any()
}

fn choice(text: Text, outcome: Outcome) -> Choice {
    let key = format!("replies-outcome-{}", outcome.slug());
    let hint = format!("{key}-hint");
    Choice { hint: text.has(&hint).then(|| text.say(&hint)), ..Choice::new(outcome.slug(), text.say(&key)) }
}

/// The editions that changed the incident since the reply came.
fn editions(text: Text, page: &ReplyPage) -> Vec<Choice> {
    let none = Choice::new("", text.say("replies-field-edition-none"));
    let one = |(edition, day): &(i64, String)| {
        let day = day.parse().map_or_else(|_| day.clone(), |day| text.day(day));
        let words = text.with(
            "replies-field-edition-one",
            &[("edition", edition.to_string().into()), ("day", day.into())],
        );
        Choice::new(edition.to_string(), words)
    };
    let mut choices: Vec<Choice> = page.reply.corrections.iter().map(one).collect();
    if choices.is_empty() {
        choices.push(none);
    }
    choices
}
