//! An organisation's members, for its manager: inviting, roles, keeping out, links for a new password.

use domain::membership::{MemberAction, Person, may_act_on};
use domain::rights::Role;
use leptos::prelude::*;
use store::desk::{Link, Member, MemberLine};
use text::Text;

use super::{cases, desk_page};
use crate::components::form::{
    Choice, Control, Field, Weight, button, error_of, error_summary, field, hidden,
};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Members {
    /// Who asks.
    pub member: Member,
    /// The members, by address.
    pub members: Vec<MemberLine>,
    /// Links that still work.
    pub links: Vec<Link>,
    /// A link that was just made, and for whom: shown this once.
    pub made: Option<(String, String)>,
    /// The invitation's fields as typed: address and role.
    pub typed: (String, String),
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn members(context: &PageContext, page: Members) -> String {
    let text = context.text;
    let title = text.say("members-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors.clone())}
            {made(text, page.made.as_ref())}
            {list(text, &page)}
            {links(text, &page)}
            {invite(text, &page)}
        }
    })
}

/// The link, to be copied: there is no other way to see it again.
pub(super) fn made(text: Text, made: Option<&(String, String)>) -> AnyView {
    let Some((email, address)) = made else { return ().into_any() };
    view! {
        <section class="made" role="status">
            <h2>{text.with("members-link-for", &[("email", email.into())])}</h2>
            <p>{text.say("members-link-explained")}</p>
            <p>
                <code class="link">{address.clone()}</code>
            </p>
        </section>
    }
    .into_any()
}

fn list(text: Text, page: &Members) -> AnyView {
    let items = page
        .members
        .iter()
        .map(|line| {
            let word = if line.disabled { "members-disabled" } else { "members-member" };
            let role = text.say(&format!("member-role-{}", line.role.slug()));
            let seen = line.seen_at.as_ref().map_or_else(
                || text.say("members-not-signed-in"),
                |seen| text.with("members-seen", &[("when", cases::moment(text, seen).into())]),
            );
            let factor = if line.has_second_factor {
                "members-has-second-factor"
            } else {
                "members-lacks-second-factor"
            };
            let said = [role, text.say(word), text.say(factor), seen].join(" · ");
            let person = if line.id == page.member.id { Person::Oneself } else { Person::SameOrganisation };
            let may = may_act_on(page.member.role, person, MemberAction::Disable, &[line.role]);
            let acts = may.then(|| acts(text, page, line));
            view! {
                <li>
                    <p>
                        <b>{line.email.clone()}</b>
                    </p>
                    <p class="meta">{said}</p>
                    {acts}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say("members-list")}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

/// What a manager may do to one member. Each form says whose it is, for who hears it.
fn acts(text: Text, page: &Members, line: &MemberLine) -> AnyView {
    let one = |act: &str, weight: Weight| {
        let label = text.say(&format!("members-{act}"));
        view! {
            <form method="post" action=format!("/desk/members/{}/{act}", line.id)>
                {hidden("member", &page.member.id)} {button(label, "", "", weight)}
            </form>
        }
    };
    if line.disabled {
        return one("enable", Weight::Plain).into_any();
    }
    // Every member's select has a name of its own on the page; the server takes whichever is sent.
    let role = Field::new(
        format!("role.{}", line.id),
        text.with("members-role-of", &[("email", (&line.email).into())]),
    )
    .control(Control::Select(roles(text, page.member.role)))
    .value(line.role.slug());
    view! {
        <details>
            <summary>{text.with("members-acts", &[("email", (&line.email).into())])}</summary>
            <form method="post" action=format!("/desk/members/{}/role", line.id)>
                {hidden("member", &page.member.id)} {field(text, role)}
                {button(text.say("members-set-role"), "", "", Weight::Plain)}
            </form>
            {one("recover", Weight::Plain)}
            {one("disable", Weight::Grave)}
        </details>
    }
    .into_any()
}

fn links(text: Text, page: &Members) -> AnyView {
    if page.links.is_empty() {
        return ().into_any();
    }
    let items = page
        .links
        .iter()
        .map(|link| {
            let key = if link.is_recovery { "members-recovery-until" } else { "members-invitation-until" };
            let role = text.say(&format!("member-role-{}", link.role.slug()));
            let said =
                text.with(key, &[("role", role.into()), ("when", cases::moment(text, &link.ends_at).into())]);
            view! {
                <li>
                    <p>
                        <b>{link.email.clone()}</b>
                    </p>
                    <p class="meta">{said}</p>
                    <form method="post" action="/desk/members/withdraw">
                        {hidden("member", &page.member.id)} {hidden("link", &link.hash)}
                        {button(text.say("members-withdraw"), "", "", Weight::Plain)}
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say("members-links")}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

fn invite(text: Text, page: &Members) -> AnyView {
    let (typed, role) = page.typed.clone();
    let email = Field::new("email", text.say("sign-in-email"))
        .control(Control::Line)
        .autocomplete("off")
        .value(typed)
        .error(error_of(&page.errors, "email"));
    let role = Field::new("role", text.say("members-role"))
        .control(Control::Radios(roles(text, page.member.role)))
        .value(role)
        .error(error_of(&page.errors, "role"));
    view! {
        <section>
            <h2>{text.say("members-invite")}</h2>
            <p>{text.say("members-invite-explained")}</p>
            <form method="post" action="/desk/members/invite">
                {hidden("member", &page.member.id)} {field(text, email)} {field(text, role)}
                {button(text.say("members-invite-button"), "", "", Weight::Main)}
            </form>
        </section>
    }
    .into_any()
}

/// The roles that a member may give.
fn roles(text: Text, by: Role) -> Vec<Choice> {
    let may = |role: &&Role| may_act_on(by, Person::SameOrganisation, MemberAction::Invite, &[**role]);
    let given = Role::ALL.iter().filter(may);
    given
        .map(|role| {
            let hint = text.say(&format!("members-role-{}", role.slug()));
            let label = text.say(&format!("member-role-{}", role.slug()));
            Choice { hint: Some(hint), ..Choice::new(role.slug(), label) }
        })
        .collect()
}
