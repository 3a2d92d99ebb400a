//! A case's form: everything typed comes back; each field says what the public will see of it; an island around it
//! saves while somebody types, and without JavaScript the buttons do.

use std::collections::BTreeMap;

use domain::FieldError;
use domain::form::Form;
use domain::rights::{Action, Facts, may};
use leptos::prelude::*;
use store::desk::{Case, Colleague, Comment, Conflict, Member};
use text::Text;

use super::case_beside::{Beside, beside};
use super::case_fields::{COUNTRIES, Filled, Section};
use super::case_people::people;
use super::comments::open_by_field;
use super::saving::{autosave_words, conflicts, hidden_revision, in_words, meant, summary};
use super::value::Known;
use super::{cases, desk_page, value};
use crate::components::form::{Control, Field, Weight, button, field, hidden};
use crate::context::PageContext;
use crate::islands::Autosave;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CaseForm {
    /// Who asks.
    pub member: Member,
    /// The case.
    pub case: Case,
    /// What two-person rules ask for.
    pub facts: Facts,
    /// The fields to show: those of the case, or those just typed and refused.
    pub values: BTreeMap<String, String>,
    /// What is wrong with them, said on top and at the field.
    pub errors: Vec<FieldError>,
    /// Countries that nobody can find as they are spelt: said at the field, for nothing is refused by saving.
    pub unknown: Vec<FieldError>,
    /// The names of countries that a browser offers while somebody types.
    pub countries: Vec<String>,
    /// What stands beside the form.
    pub beside: Beside,
    /// The names behind codes and slugs.
    pub known: Known,
    /// What was said of its fields.
    pub comments: Vec<Comment>,
    /// The member's colleagues.
    pub colleagues: Vec<Colleague>,
    /// Fields that somebody else changed meanwhile.
    pub conflicts: Vec<Conflict>,
    /// What was just done.
    pub done: Option<String>,
    /// The start script, where the program carries its islands.
    pub island: Option<Island>,
}

/// The tags that bring the page's island to life.
#[derive(Clone, Debug)]
pub struct Island {
    /// For the head.
    pub scripts: String,
}

/// The page.
pub fn case_form(context: &PageContext, page: CaseForm) -> String {
    let text = context.text;
    let title = if page.case.draft.title.trim().is_empty() {
        text.say("desk-untitled")
    } else {
        page.case.draft.title.clone()
    };
    let scripts = page.island.as_ref().map(|island| island.scripts.clone());
    let done = page.done.clone();
    let member = page.member.clone();
    desk_page(context, &member, title.clone(), done, scripts, move || {
        let relation = page.case.relation(&page.member);
        let may_edit =
            page.case.working_state.is_some() && may(page.member.role, relation, Action::Edit, page.facts);
        let state = cases::states(text, page.case.public_state, page.case.working_state);
        let note = (!page.case.note.is_empty()).then(
            || view! { <p class="note">{text.with("desk-note", &[("note", (&page.case.note).into())])}</p> },
        );
        let form = if may_edit { edit(text, &page) } else { read_only(text, &page) };
        view! {
            <h1 dir="auto">{title}</h1>
            <p class="meta">{state}</p>
            {note}
            {ways(text, &page)}
            {summary(text, &page.case.id, Form::Case, &page.errors)}
            {conflicts(text, &page.known, &page.conflicts, may_edit)}
            {form}
            {people(text, &page.member, &page.case, page.facts, &page.colleagues)}
        }
    })
}

/// The ways on from here: review, sealed notes, the public page.
fn ways(text: Text, page: &CaseForm) -> AnyView {
    let id = &page.case.id;
    let public = page.case.reference.as_ref().map(|reference| {
        view! {
            <li>
                <a href=format!("/incidents/{reference}")>{text.say("case-public-page")}</a>
            </li>
        }
    });
    let allowed = |action| may(page.member.role, page.case.relation(&page.member), action, page.facts);
    let sealed = allowed(Action::SealedNotes).then(|| {
        view! {
            <li>
                <a href=format!("/desk/cases/{id}/sealed")>{text.say("case-to-sealed")}</a>
            </li>
        }
    });
    let blur = (page.case.working_state.is_some() && allowed(Action::Edit)).then(|| {
        view! {
            <li>
                <a href=format!("/desk/cases/{id}/blur")>{text.say("blur-title")}</a>
            </li>
        }
    });
    view! {
        <ul class="ways">
            <li>
                <a href=format!("/desk/cases/{id}/analysis")>{text.say("case-to-analysis")}</a>
            </li>
            <li>
                <a href=format!("/desk/cases/{id}/review")>{text.say("case-to-review")}</a>
            </li>
            <li>
                <a href=format!("/desk/cases/{id}/evidence")>{text.say("case-to-evidence")}</a>
            </li>
            {sealed}
            {blur}
            <li>
                <a href=format!("/desk/cases/{id}/withdrawals")>{text.say("withdrawals-title")}</a>
            </li>
            {public}
        </ul>
    }
    .into_any()
}

fn edit(text: Text, page: &CaseForm) -> AnyView {
    let id = page.case.id.clone();
    let action = format!("/desk/cases/{id}");
    let options = page.countries.iter().cloned().map(|name| view! { <option value=name></option> });
    let options = options.collect_view();
    let form = view! {
        <form method="post" action=action.clone() class="case">
            {hidden_revision(page.case.revision)}
            {hidden("member", &page.member.id)}
            // The first button is the one that Enter presses: saving, never submitting.
            <p class="first-button">{button(text.say("case-save"), "do", "save", Weight::Plain)}</p>
            <p>
                {text.say("case-not-a-drop-box")} " "
                <a href="https://securedrop.org/" rel="noreferrer noopener">"SecureDrop"</a> " · "
                <a href="https://www.globaleaks.org/" rel="noreferrer noopener">"GlobaLeaks"</a>
            </p>
            {sections(text, page)}
            <datalist id=COUNTRIES>{options}</datalist>
            <div class="buttons">
                {button(text.say("case-save"), "do", "save", Weight::Plain)}
                {button(text.say("case-submit"), "do", "submit", Weight::Main)}
            </div>
        </form>
    };
    if page.island.is_none() {
        return form.into_any();
    }
    view! {
        <Autosave action=format!("{action}/autosave") revision=page.case.revision words=autosave_words(text)>
            {form}
        </Autosave>
    }
    .into_any()
}

fn sections(text: Text, page: &CaseForm) -> AnyView {
    let wrong: Vec<FieldError> = page.unknown.iter().chain(&page.errors).cloned().collect();
    let by_field: BTreeMap<String, String> = in_words(text, &wrong).into_iter().collect();
    let blurred: Vec<String> = page.beside.blurs.iter().map(|blur| blur.field.clone()).collect();
    let filled = Filled {
        text,
        values: &page.values,
        errors: &by_field,
        meant: &meant(&wrong),
        blurred: &blurred,
        said: &open_by_field(text, &page.comments),
    };
    view! {
        {in_view(text, filled.first())}
        {beside(text, &page.case.id, &page.beside)}
        <div class="particulars" id="particulars">
            {in_view(text, filled.particulars())}
        </div>
        {in_view(text, filled.last())}
    }
    .into_any()
}

/// The sections of the form that depend on the kind of act, alone: what takes their place when the kind was changed.
pub fn case_particulars(text: Text, values: &BTreeMap<String, String>, comments: &[Comment]) -> String {
    let said = open_by_field(text, comments);
    let sections =
        Filled { text, values, errors: &BTreeMap::new(), meant: &BTreeMap::new(), blurred: &[], said: &said }
            .particulars();
    crate::render::render(move || in_view(text, sections))
}

fn in_view(text: Text, sections: Vec<Section>) -> AnyView {
    sections.into_iter().map(|(heading, fields)| section(text, heading, fields)).collect_view().into_any()
}

fn section(text: Text, heading: &str, fields: Vec<Field>) -> AnyView {
    // A group of checkboxes sends nothing when none is ticked: the empty value says that it was there.
    let marks: Vec<AnyView> = fields
        .iter()
        .filter(|f| matches!(f.control, Control::Boxes(_) | Control::Box))
        .map(|f| hidden(&f.name, ""))
        .collect();
    let add = |key: &str, what: &str| view! { <p>{button(text.say(key), "do", what, Weight::Plain)}</p> };
    let more = match heading {
        "case-sources" => Some(add("case-add-source", "add-source")),
        "case-actors" => Some(add("case-add-actor", "add-actor")),
        "case-persons" => Some(add("case-add-person", "add-person")),
        "case-stages" => Some(add("case-add-stage", "add-stage")),
        _ => None,
    };
    let hint_key = match heading {
        "case-particulars" if fields.is_empty() => "case-particulars-none".to_owned(),
        _ => format!("{heading}-hint"),
    };
    let hint = text.has(&hint_key).then(|| view! { <p class="hint">{text.say(&hint_key)}</p> });
    let last_place = fields.iter().rposition(|f| f.name.starts_with("places."));
    let fields = fields.into_iter().enumerate().map(|(at, f)| {
        let after = match f.name.as_str() {
            "kind" => Some(add("case-show-particulars", "show-particulars")),
            _ if last_place == Some(at) => Some(add("case-add-place", "add-place")),
            _ => None,
        };
        view! { {field(text, f)} {after} }
    });
    view! {
        <section>
            <h2>{text.say(heading)}</h2>
            {hint}
            {marks}
            {fields.collect_view()}
            {more}
        </section>
    }
    .into_any()
}

/// Who may see and not change gets the same sections as text.
fn read_only(text: Text, page: &CaseForm) -> AnyView {
    let filled = Filled {
        text,
        values: &page.values,
        errors: &BTreeMap::new(),
        meant: &BTreeMap::new(),
        blurred: &[],
        said: &BTreeMap::new(),
    };
    let rows = filled
        .sections()
        .into_iter()
        .flat_map(|(_, fields)| fields)
        .filter(|f| !f.value.trim().is_empty())
        .map(|f| {
            view! {
                <dt>{f.label}</dt>
                <dd dir="auto">{value::value(text, &page.known, &f.name, &f.value)}</dd>
            }
        })
        .collect_view();
    view! {
        <p>{text.say("case-read-only")}</p>
        <dl class="facts">{rows}</dl>
    }
    .into_any()
}
