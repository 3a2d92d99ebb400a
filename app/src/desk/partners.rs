//! Partner organisations, for managers; and handing a case to one, on the case's review page.

use domain::rights::{Action, Relation, may};
use leptos::prelude::*;
use store::desk::{CaseLine, Member, Partner, Partnership};
use text::Text;

use super::review::Review;
use super::{cases, desk_page};
use crate::components::form::{
    Choice, Control, Field, Weight, button, error_of, error_summary, field, hidden,
};
use crate::components::part::link;
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Partners {
    /// Who asks.
    pub member: Member,
    /// The partnerships, either way.
    pub partnerships: Vec<Partnership>,
    /// The short name as typed.
    pub typed: String,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn partners(context: &PageContext, page: Partners) -> String {
    let text = context.text;
    let title = text.say("partners-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let (ours, theirs): (Vec<&Partnership>, Vec<&Partnership>) =
            page.partnerships.iter().partition(|one| one.is_ours);
        let name = Field::new("partner", text.say("partners-name"))
            .control(Control::Short(40))
            .hint(text.say("partners-name-hint"))
            .value(page.typed.clone())
            .error(error_of(&page.errors, "partner"));
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors.clone())}
            <p>{text.say("partners-explained")}</p>
            {part(text, &page.member, "partners-ours", &ours)}
            {part(text, &page.member, "partners-theirs", &theirs)}
            <section>
                <h2>{text.say("partners-name-title")}</h2>
                <form method="post" action="/desk/partners">
                    {hidden("member", &page.member.id)} {field(text, name)}
                    {button(text.say("partners-name-button"), "do", "name", Weight::Main)}
                </form>
            </section>
        }
    })
}

fn part(text: Text, member: &Member, heading: &str, list: &[&Partnership]) -> AnyView {
    if list.is_empty() {
        return ().into_any();
    }
    let act = |one: &Partnership, what: &str, weight: Weight| {
        let label = text.with(&format!("partners-{what}"), &[("name", (&one.with).into())]);
        view! {
            <form method="post" action="/desk/partners">
                {hidden("member", &member.id)} {hidden("partnership", &one.id)} {button(label, "do", what, weight)}
            </form>
        }
        .into_any()
    };
    let items = list
        .iter()
        .map(|one| {
            let state = match &one.accepted_at {
                Some(at) => text.with("partners-since", &[("when", cases::moment(text, at).into())]),
                None => text.say("partners-waits"),
            };
            let accept =
                (!one.is_ours && one.accepted_at.is_none()).then(|| act(one, "accept", Weight::Main));
            view! {
                <li>
                    <p dir="auto">{one.with.clone()}</p>
                    <p class="meta">{state}</p>
                    {accept}
                    {act(one, "end", Weight::Grave)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say(heading)}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

/// The cases of partner organisations in a reviewer's queue; nothing where none waits.
pub(super) fn handed(text: Text, lines: &[CaseLine]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let items = lines
        .iter()
        .map(|line| {
            let title = line.draft.title.trim();
            let title = if title.is_empty() { text.say("desk-untitled") } else { title.to_owned() };
            let said = [
                cases::states(text, line.public_state, line.working_state),
                text.with("desk-changed", &[("when", cases::moment(text, &line.changed_at).into())]),
            ];
            view! {
                <li>
                    <p dir="auto">{link(format!("/desk/cases/{}/review", line.id), title)}</p>
                    <p class="meta">{said.join(" · ")}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section id="handed">
            <h2>{text.say("partners-handed")}</h2>
            <ul class="cases">{items}</ul>
        </section>
    }
    .into_any()
}

/// The step of handing a case to a partner, taking it back, or giving it back.
pub(super) fn step(text: Text, page: &Review, partners: &[Partner]) -> Option<AnyView> {
    let relation = page.case.relation(&page.member);
    let may_hand = may(page.member.role, relation, Action::HandToPartner, page.facts);
    if !may_hand || page.case.working_state.is_none() {
        return None;
    }
    let (key, choose) = match (&page.case.partner, relation) {
        (_, Relation::Partner) => ("partner-give-back", None),
        (Some(_), _) => ("partner-take-back", None),
        (None, _) if partners.is_empty() => return None,
        (None, _) => {
            let choices = partners.iter().map(|one| Choice::new(&one.organisation, &one.name)).collect();
            (
                "partner-hand",
                Some(Field::new("partner", text.say("partner-choose")).control(Control::Select(choices))),
            )
        }
    };
    let to = page.case.partner.as_ref().filter(|_| relation != Relation::Partner).and_then(|id| {
        let name = partners.iter().find(|one| one.organisation == *id).map(|one| one.name.clone())?;
        Some(view! { <p>{text.with("partner-handed-to", &[("name", name.into())])}</p> })
    });
    Some(
        view! {
            <form method="post" action=format!("/desk/cases/{}/partner", page.case.id)>
                <h2>{text.say(key)}</h2>
                {to}
                <p>{text.say(&format!("{key}-explained"))}</p>
                {hidden("member", &page.member.id)}
                {choose.map(|choose| field(text, choose))}
                {button(text.say(&format!("{key}-button")), "", "", Weight::Plain)}
            </form>
        }
        .into_any(),
    )
}
