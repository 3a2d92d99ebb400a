//! Redaction and erasure of a case: asked for by who sees that it is needed, begun by one person, done by a second. Shows
//! nothing of the case but its title, for managers see no more.

use domain::case::{PublicState, Withdrawal};
use domain::rights::{Action, Facts, may};
use leptos::prelude::*;
use store::desk::{Case, Member, WithdrawalLine};
use store::publish::REDACTABLE;
use text::Text;

use super::cases::moment;
use super::desk_page;
use crate::components::form::{
    Choice, Control, Field, Weight, button, error_of, error_summary, field, hidden,
};
use crate::context::PageContext;
use crate::words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WithdrawalsPage {
    /// Who asks.
    pub member: Member,
    /// The case.
    pub case: Case,
    /// What two-person rules ask for.
    pub facts: Facts,
    /// What waits.
    pub waiting: Vec<WithdrawalLine>,
    /// The field and the reasons that were typed and refused.
    pub typed: std::collections::BTreeMap<String, String>,
    /// What was wrong with them.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn withdrawals(context: &PageContext, page: WithdrawalsPage) -> String {
    let text = context.text;
    let title = text.say("withdrawals-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let name = page.case.draft.title.clone();
        let name = if name.trim().is_empty() { text.say("desk-untitled") } else { name };
        let sees = allowed(&page, Action::See);
        let name = if sees {
            view! { <a href=format!("/desk/cases/{}", page.case.id)>{name}</a> }.into_any()
        } else {
            name.into_any()
        };
        let redact = page.case.reference.is_some().then(|| ask(text, &page, Withdrawal::Redact));
        let public = page.case.public_state != PublicState::None;
        view! {
            <h1>{title}</h1>
            <p dir="auto">{name}</p>
            <p class="meta">{page.case.reference.clone()}</p>
            {error_summary(text, page.errors.clone())}
            <p>{text.say(if public { "withdrawals-explained" } else { "withdrawals-explained-draft" })}</p>
            {waiting(text, &page)}
            {redact}
            {ask(text, &page, Withdrawal::Erase)}
        }
    })
}

fn allowed(page: &WithdrawalsPage, action: Action) -> bool {
    let facts = Facts { first_of_two: false, ..page.facts };
    may(page.member.role, page.case.relation(&page.member), action, facts)
}

fn action_of(act: Withdrawal) -> Action {
    match act {
        Withdrawal::Redact => Action::Redact,
        Withdrawal::Erase => Action::Erase,
    }
}

fn waiting(text: Text, page: &WithdrawalsPage) -> AnyView {
    if page.waiting.is_empty() {
        return ().into_any();
    }
    let items = page.waiting.iter().map(|line| item(text, page, line)).collect_view();
    view! {
        <section>
            <h2>{text.say("withdrawals-waiting")}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

fn item(text: Text, page: &WithdrawalsPage, line: &WithdrawalLine) -> AnyView {
    let may_do = allowed(page, action_of(line.act));
    let what = match line.act {
        Withdrawal::Redact => {
            text.with("withdrawals-redact", &[("field", words::redactable(text, &line.field).into())])
        }
        Withdrawal::Erase => text.say("withdrawals-erase"),
    };
    let by = |key: &str, (who, when): &(String, String)| {
        text.with(key, &[("who", who.into()), ("when", moment(text, when).into())])
    };
    let begun = line.begun.as_ref().map(|begun| view! { <p>{by("withdrawals-begun", begun)}</p> });
    let is_begun = line.begun.is_some();
    let second = (line.is_first && is_begun).then(|| view! { <p>{text.say("withdrawals-another")}</p> });
    let act = |what: &str, weight: Weight| {
        view! {
            <form method="post" action=format!("/desk/cases/{}/withdrawals", page.case.id)>
                {hidden("member", &page.member.id)} {hidden("withdrawal", &line.id)}
                {button(text.say(&format!("withdrawals-{what}")), "do", what, weight)}
            </form>
        }
    };
    let confirm = (may_do && is_begun && !line.is_first).then(|| act("confirm", Weight::Grave));
    let begin = (may_do && !is_begun).then(|| {
        view! {
            <form method="post" action=format!("/desk/cases/{}/withdrawals", page.case.id)>
                {hidden("member", &page.member.id)} {hidden("act", line.act.slug())} {hidden("field", &line.field)}
                {hidden("reason", &line.reason)}
                {button(text.say("withdrawals-begin"), "do", "ask", Weight::Grave)}
            </form>
        }
    });
    let drop = (may_do || line.is_asker).then(|| act("drop", Weight::Plain));
    view! {
        <li>
            <p>
                <strong>{what}</strong>
            </p>
            <p class="meta">{by("withdrawals-asked", &line.asked)}</p>
            {begun}
            <p dir="auto">{text.with("desk-note", &[("note", (&line.reason).into())])}</p>
            {second}
            {confirm}
            {begin}
            {drop}
        </li>
    }
    .into_any()
}

/// The form that asks, or for who may do it begins.
fn ask(text: Text, page: &WithdrawalsPage, act: Withdrawal) -> AnyView {
    let begins = allowed(page, action_of(act));
    let slug = act.slug();
    let reason_name = format!("reason.{slug}");
    let typed = |name: &str| page.typed.get(name).cloned().unwrap_or_default();
    let which = (act == Withdrawal::Redact).then(|| {
        let choices =
            REDACTABLE.iter().map(|name| Choice::new(*name, words::redactable(text, name))).collect();
        let input = Field::new("field", text.say("withdrawals-field"))
            .control(Control::Select(choices))
            .value(typed("field"))
            .error(error_of(&page.errors, "field"));
        field(text, input)
    });
    let reason = Field::new(reason_name.clone(), text.say("withdrawals-reason"))
        .hint(text.say("withdrawals-reason-hint"))
        .control(Control::Lines(2))
        .value(typed(&reason_name))
        .error(error_of(&page.errors, &reason_name));
    let (button_key, weight) = if begins { ("begin", Weight::Grave) } else { ("ask", Weight::Plain) };
    view! {
        <section>
            <h2>{text.say(&format!("withdrawals-{slug}-title"))}</h2>
            <p>{text.say(&format!("withdrawals-{slug}-explained"))}</p>
            <form method="post" action=format!("/desk/cases/{}/withdrawals", page.case.id)>
                {hidden("member", &page.member.id)} {hidden("act", slug)} {which} {field(text, reason)}
                {button(text.say(&format!("withdrawals-{button_key}")), "do", "ask", weight)}
            </form>
        </section>
    }
    .into_any()
}
