//! Who works on a case: who entered it, to whom it was handed over, and who reads its sealed notes.

use domain::rights::{Action, Facts, Role, may};
use leptos::prelude::*;
use store::desk::{Case, Colleague, Member};
use text::Text;

use crate::components::form::{Choice, Control, Field, Weight, button, field, hidden};

/// The part of the case's page.
pub(super) fn people(
    text: Text,
    member: &Member,
    case: &Case,
    facts: Facts,
    colleagues: &[Colleague],
) -> AnyView {
    let allowed = |action| may(member.role, case.relation(member), action, facts);
    let entrant = name_of(text, colleagues, &case.entrant);
    let entered = text.with("people-entered", &[("email", entrant.into())]);
    let handed = case.handed_to.as_ref().map(|to| {
        let said = text.with("people-handed", &[("email", name_of(text, colleagues, to).into())]);
        view! { <p>{said}</p> }
    });
    let shared = text.say(if case.notes_shared { "people-notes-shared" } else { "people-notes-own" });
    view! {
        <section id="people">
            <h2>{text.say("people-title")}</h2>
            <p>{entered}</p>
            {handed}
            <p>{shared}</p>
            {allowed(Action::HandOver).then(|| hand_over(text, member, case, colleagues))}
            {allowed(Action::ShareNotes).then(|| share_notes(text, member, case))}
        </section>
    }
    .into_any()
}

/// A colleague's address; who is kept out has none here.
pub(super) fn name_of(text: Text, colleagues: &[Colleague], id: &str) -> String {
    let found = colleagues.iter().find(|colleague| colleague.id == id);
    found.map_or_else(|| text.say("people-kept-out"), |colleague| colleague.email.clone())
}

fn hand_over(text: Text, member: &Member, case: &Case, colleagues: &[Colleague]) -> AnyView {
    let action = format!("/desk/cases/{}/hand-over", case.id);
    let choices: Vec<Choice> = colleagues
        .iter()
        .filter(|it| it.role == Role::Researcher && it.id != case.entrant)
        .map(|it| Choice::new(&it.id, &it.email))
        .collect();
    let back = case.handed_to.is_some().then(|| {
        view! {
            <form method="post" action=action.clone()>
                {hidden("member", &member.id)}
                {hidden("to", "")}
                {button(text.say("people-take-back"), "", "", Weight::Plain)}
            </form>
        }
    });
    let give = if choices.is_empty() {
        view! { <p class="hint">{text.say("people-no-other")}</p> }.into_any()
    } else {
        let to = Field::new("to", text.say("people-hand-over-to"))
            .hint(text.say("people-hand-over-hint"))
            .control(Control::Select(choices))
            .value(case.handed_to.clone().unwrap_or_default());
        view! {
            <form method="post" action=action>
                {hidden("member", &member.id)}
                {field(text, to)}
                {button(text.say("people-hand-over"), "", "", Weight::Plain)}
            </form>
        }
        .into_any()
    };
    view! { {give} {back} }.into_any()
}

fn share_notes(text: Text, member: &Member, case: &Case) -> AnyView {
    let (key, value) = if case.notes_shared { ("people-unshare", "no") } else { ("people-share", "yes") };
    view! {
        <form method="post" action=format!("/desk/cases/{}/share-notes", case.id)>
            {hidden("member", &member.id)}
            <p class="hint">{text.say("people-share-hint")}</p>
            {button(text.say(key), "share", value, Weight::Plain)}
        </form>
    }
    .into_any()
}
