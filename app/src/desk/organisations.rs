//! Organisations, for stewards: which there are, adding one, and the link for its first manager.

use leptos::prelude::*;
use store::desk::{Member, OrganisationLine};
use text::Text;

use super::members::made;
use super::{cases, desk_page, named};
use crate::components::form::{Control, Field, Weight, button, error_of, error_summary, field, hidden};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Organisations {
    /// Who asks.
    pub member: Member,
    /// The organisations, by name.
    pub organisations: Vec<OrganisationLine>,
    /// A link that was just made, and for whom: shown this once.
    pub made: Option<(String, String)>,
    /// The fields of the last try as typed: name and text.
    pub typed: Vec<(String, String)>,
    /// What was wrong with it: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

impl Organisations {
    fn typed(&self, name: &str) -> String {
        self.typed.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone()).unwrap_or_default()
    }

    /// A field as it was typed, with what was wrong with it.
    fn field(&self, name: &str, label: String, control: Control) -> Field {
        Field::new(name, label).control(control).value(self.typed(name)).error(error_of(&self.errors, name))
    }
}

/// The page.
pub fn organisations(context: &PageContext, page: Organisations) -> String {
    let text = context.text;
    let title = text.say("organisations-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let label =
            |name: &str| matches!(name, "name" | "slug").then(|| text.say(&format!("organisations-{name}")));
        view! {
            <h1>{title}</h1>
            {error_summary(text, named(&page.errors, label))}
            {made(text, page.made.as_ref())}
            <p>{text.say("organisations-explained")}</p>
            {list(text, &page)}
            {add(text, &page)}
        }
    })
}

fn list(text: Text, page: &Organisations) -> AnyView {
    let items = page
        .organisations
        .iter()
        .map(|line| {
            let count = |role: &(domain::rights::Role, i64)| {
                let word = text.say(&format!("member-role-{}", role.0.slug()));
                text.with("organisations-members", &[("role", word.into()), ("count", role.1.into())])
            };
            let members: Vec<String> = line.members.iter().map(count).collect();
            let is_empty = members.is_empty();
            let members = if is_empty { text.say("organisations-nobody") } else { text.list_and(&members) };
            let waits = line.invited_until.as_ref().map(|until| {
                text.with("organisations-invited", &[("when", cases::moment(text, until).into())])
            });
            let said: Vec<String> =
                [Some(line.slug.clone()), Some(members), waits].into_iter().flatten().collect();
            view! {
                <li>
                    <p dir="auto">
                        <b>{line.name.clone()}</b>
                    </p>
                    <p class="meta">{said.join(" · ")}</p>
                    {(is_empty && !line.has_cases).then(|| invite(text, page, line))}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say("organisations-list")}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

/// The link for the first manager: while nobody belongs to the organisation and it has no case.
fn invite(text: Text, page: &Organisations, line: &OrganisationLine) -> AnyView {
    let name = format!("email.{}", line.id);
    let label = text.with("organisations-manager-of", &[("name", (&line.name).into())]);
    let email = page.field(&name, label, Control::Line).autocomplete("off");
    let open = email.error.is_some();
    view! {
        <details open=open>
            <summary>{text.with("organisations-invite", &[("name", (&line.name).into())])}</summary>
            <form method="post" action=format!("/desk/organisations/{}/invite", line.id)>
                {hidden("member", &page.member.id)} {field(text, email)}
                {button(text.say("organisations-invite-button"), "", "", Weight::Plain)}
            </form>
        </details>
    }
    .into_any()
}

fn add(text: Text, page: &Organisations) -> AnyView {
    let name = page.field("name", text.say("organisations-name"), Control::Line);
    let slug = page
        .field("slug", text.say("organisations-slug"), Control::Line)
        .hint(text.say("organisations-slug-hint"));
    view! {
        <section>
            <h2>{text.say("organisations-add")}</h2>
            <form method="post" action="/desk/organisations">
                {hidden("member", &page.member.id)} {field(text, name)} {field(text, slug)}
                {button(text.say("organisations-add-button"), "", "", Weight::Main)}
            </form>
        </section>
    }
    .into_any()
}
