//! A member's own account: their sessions, and their password.

use leptos::prelude::*;
use store::desk::{ManagerLine, Member, SessionLine};
use text::Text;

use super::{cases, desk_page};
use crate::components::form::{Control, Field, Weight, button, error_of, error_summary, field, hidden};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who asks.
    pub member: Member,
    /// Their sessions, the last used first.
    pub sessions: Vec<SessionLine>,
    /// Who runs their organisation.
    pub managers: Vec<ManagerLine>,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn account(context: &PageContext, page: Account) -> String {
    let text = context.text;
    let title = text.say("account-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors.clone())}
            {sessions(text, &page)}
            {password(text, &page)}
            {second_factor(text, &page)}
            {managers(text, &page)}
        }
    })
}

/// Who decides who works here: everybody may know, and whether a steward chose them.
fn managers(text: Text, page: &Account) -> AnyView {
    let items = page
        .managers
        .iter()
        .map(|line| {
            let said = line
                .by_steward
                .then(|| view! { " " <span class="meta">{text.say("account-by-steward")}</span> });
            view! { <li>{line.email.clone()} {said}</li> }
        })
        .collect_view();
    let said = if page.managers.is_empty() { "account-no-manager" } else { "account-managers-explained" };
    view! {
        <section>
            <h2>
                {text.with("account-managers", &[("organisation", (&page.member.organisation_name).into())])}
            </h2>
            <p>{text.say(said)}</p>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

fn sessions(text: Text, page: &Account) -> AnyView {
    let others = page.sessions.len() > 1;
    let items = page
        .sessions
        .iter()
        .map(|session| {
            let times = text.with(
                "account-session",
                &[
                    ("began", cases::moment(text, &session.created_at).into()),
                    ("seen", cases::moment(text, &session.seen_at).into()),
                ],
            );
            let end = if session.is_this {
                view! { <p class="meta">{text.say("account-this-session")}</p> }.into_any()
            } else {
                view! {
                    <form method="post" action="/desk/account/sessions">
                        {hidden("member", &page.member.id)} {hidden("session", &session.hash)}
                        {button(text.say("account-end-session"), "do", "end", Weight::Plain)}
                    </form>
                }
                .into_any()
            };
            view! { <li><p>{times}</p>{end}</li> }
        })
        .collect_view();
    let end_others = others.then(|| {
        view! {
            <form method="post" action="/desk/account/sessions">
                {hidden("member", &page.member.id)}
                {button(text.say("account-end-others"), "do", "others", Weight::Grave)}
            </form>
        }
    });
    view! {
        <section>
            <h2>{text.say("account-sessions")}</h2>
            <p>{text.say("account-sessions-explained")}</p>
            <ul class="cases">{items}</ul>
            {end_others}
        </section>
    }
    .into_any()
}

fn password(text: Text, page: &Account) -> AnyView {
    let current = Field::new("current", text.say("account-current-password"))
        .control(Control::Password("current-password"))
        .error(error_of(&page.errors, "current"));
    let new = Field::new("new", text.say("account-new-password"))
        .control(Control::Password("new-password"))
        .hint(text.say("account-password-hint"))
        .error(error_of(&page.errors, "new"));
    view! {
        <section>
            <h2>{text.say("account-password")}</h2>
            <form method="post" action="/desk/account/password">
                {hidden("member", &page.member.id)} {field(text, current)} {field(text, new)}
                {button(text.say("account-change-password"), "", "", Weight::Main)}
            </form>
        </section>
    }
    .into_any()
}

fn second_factor(text: Text, page: &Account) -> AnyView {
    let key = if page.member.has_second_factor { "second-factor-stands" } else { "second-factor-none" };
    view! {
        <section>
            <h2>{text.say("second-factor-title")}</h2>
            <p>{text.say(key)}</p>
            <p>
                <a href="/desk/account/second-factor">{text.say("account-to-second-factor")}</a>
            </p>
        </section>
    }
    .into_any()
}
