//! The analysis form: what a case means. Treaty links with the standing of the answerable states beside them, findings of
//! courts and bodies, assessments per right, contributing factors; each with who says so. It is a form of its own, often
//! another person's; the island that saves the case's form saves this one too.

use std::collections::BTreeMap;

use domain::form::{self, Form};
use domain::incident::{Draft, DraftLink, OnRecord, Outcome};
use domain::rights::{Action, Facts, may};
use domain::treaty::ProvisionNumber;
use domain::{FieldError, case::WorkingState};
use leptos::prelude::*;
use store::desk::{Blur, Case, Comment, Conflict, Member};
use text::Text;

use super::analysis_fields::LISTS;
use super::case_fields::{Filled, TREATIES};
use super::case_form::Island;
use super::comments::open_by_field;
use super::problem::problem;
use super::saving::{autosave_words, conflicts, hidden_revision, in_words, meant, still_says, summary};
use super::value::Known;
use super::{cases, desk_page, value};
use crate::components::beside::Beside;
use crate::components::facts::facts;
use crate::components::form::{Weight, button, field, hidden};
use crate::components::standing::teach;
use crate::context::PageContext;
use crate::islands::Autosave;
use crate::reading::Reading;
use crate::words::names::Names;
use crate::words::on_day::When;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AnalysisForm {
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
    /// What the treaty links are held against.
    pub record: OnRecord,
    /// The names behind codes and slugs.
    pub known: Known,
    /// Texts that still say what was blurred.
    pub blurs: Vec<Blur>,
    /// What was said of its fields.
    pub comments: Vec<Comment>,
    /// Fields that somebody else changed meanwhile.
    pub conflicts: Vec<Conflict>,
    /// The list that is to be shown with one more, empty entry: `links`, `assessments.0.parts`.
    pub more: Option<String>,
    /// What was just done.
    pub done: Option<String>,
    /// The start script, where the program carries its islands.
    pub island: Option<Island>,
}

/// The page.
pub fn analysis(context: &PageContext, page: AnalysisForm) -> String {
    let text = context.text;
    let scripts = page.island.as_ref().map(|island| island.scripts.clone());
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, text.say("analysis-title"), done, scripts, move || {
        let of_case = page.case.draft.title.trim();
        let title = if of_case.is_empty() { text.say("desk-untitled") } else { of_case.to_owned() };
        let allowed = |action| may(page.member.role, page.case.relation(&page.member), action, page.facts);
        let may_edit = page.case.working_state.is_some() && allowed(Action::EditAnalysis);
        let body = if may_edit { edit(text, &page, allowed(Action::Submit)) } else { read_only(text, &page) };
        let correct = page.case.working_state.is_none() && allowed(Action::EditAnalysis);
        let correct = (correct && page.case.public_state.may_be_replaced()).then(|| {
            view! {
                <p class="note">
                    {text.say("analysis-needs-correction")} " "
                    <a href=format!("/desk/cases/{}/review", page.case.id)>{text.say("case-to-review")}</a>
                </p>
            }
        });
        view! {
            <h1>{text.say("analysis-title")}</h1>
            <p dir="auto">
                <a href=format!("/desk/cases/{}", page.case.id)>{title}</a>
            </p>
            <p class="meta">{cases::states(text, page.case.public_state, page.case.working_state)}</p>
            {correct}
            {summary(text, &page.case.id, Form::Analysis, &page.errors)}
            {conflicts(text, &page.known, &page.conflicts, may_edit)}
            {body}
        }
    })
}

fn edit(text: Text, page: &AnalysisForm, may_submit: bool) -> AnyView {
    let action = format!("/desk/cases/{}/analysis", page.case.id);
    let treaties =
        page.record.library.titles().map(|title| view! { <option value=title.to_owned()></option> });
    let handed_in = matches!(page.case.working_state, Some(WorkingState::Submitted | WorkingState::Verified));
    let submit =
        (may_submit && !handed_in).then(|| button(text.say("case-submit"), "do", "submit", Weight::Main));
    let form = view! {
        <form method="post" action=action.clone() class="case analysis">
            {hidden_revision(page.case.revision)}
            {hidden("member", &page.member.id)}
            // The first button is the one that Enter presses: saving, never submitting.
            <p class="first-button">{button(text.say("case-save"), "do", "save", Weight::Plain)}</p>
            <p>{text.say("analysis-explained")}</p>
            <div id="still-says">{still_says(text, &page.case.id, Form::Analysis, &page.blurs)}</div>
            {Shown::of(text, page).lists()}
            <datalist id=TREATIES>{treaties.collect_view()}</datalist>
            <div class="buttons">{button(text.say("case-save"), "do", "save", Weight::Plain)} {submit}</div>
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

/// The form's lists as they are to be shown.
struct Shown<'a> {
    text: Text,
    draft: Draft,
    values: &'a BTreeMap<String, String>,
    record: &'a OnRecord,
    reading: Reading,
    known: &'a Known,
    errors: BTreeMap<String, String>,
    meant: BTreeMap<String, Vec<String>>,
    said: BTreeMap<String, Vec<(String, String)>>,
    more: Option<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(text: Text, page: &'a AnalysisForm) -> Self {
        // What was typed and refused is not in the case: what is computed from the fields goes by what is shown.
        let typed: Vec<(String, String)> = page.values.clone().into_iter().collect();
        let draft = form::parse(Form::Analysis, &page.case.draft, &typed);
        let draft = draft.unwrap_or_else(|_| page.case.draft.clone());
        Self {
            text,
            draft,
            values: &page.values,
            record: &page.record,
            reading: Reading {
                names: Names::new(&page.record.countries),
                countries: page.record.countries.clone(),
                treaties: page.record.treaties.clone(),
                groups: page.record.groups.clone(),
            },
            known: &page.known,
            errors: in_words(text, &page.errors).into_iter().collect(),
            meant: meant(&page.errors),
            said: open_by_field(text, &page.comments),
            more: page.more.as_deref(),
        }
    }

    fn filled(&self) -> Filled<'_> {
        Filled {
            text: self.text,
            values: self.values,
            errors: &self.errors,
            meant: &self.meant,
            blurred: &[],
            said: &self.said,
        }
    }

    fn lists(&self) -> AnyView {
        LISTS.iter().map(|list| self.list(list)).collect_view().into_any()
    }

    fn list(&self, list: &'static str) -> AnyView {
        let text = self.text;
        let entries = self.filled().filled_entries(list, self.more);
        let newest = (self.more == Some(list)).then(|| entries.last().copied()).flatten();
        let none = entries
            .is_empty()
            .then(|| view! { <p class="empty">{text.say(&format!("analysis-{list}-none"))}</p> });
        let of_list = match list {
            "links" if !entries.is_empty() => Some(teach(text)),
            _ => None,
        };
        let entries = entries.into_iter().map(|n| self.entry(list, n, newest == Some(n))).collect_view();
        view! {
            <section id=list>
                <h2>{text.say(&format!("analysis-{list}"))}</h2>
                <p class="hint">{text.say(&format!("analysis-{list}-hint"))}</p>
                {of_list}
                {none}
                {entries}
                <p>{button(text.say(&format!("analysis-add-{list}")), "do", &format!("add {list}"), Weight::Plain)}</p>
            </section>
        }
        .into_any()
    }

    fn entry(&self, list: &'static str, n: usize, is_newest: bool) -> AnyView {
        let text = self.text;
        let number = i64::try_from(n).map_or(1, |n| n + 1);
        let title = text.with(&format!("analysis-{list}-n"), &[("number", number.into())]);
        let take_out = text.with("analysis-take-out", &[("entry", (&title).into())]);
        let fields = self.filled().entry(list, n).into_iter().map(|f| field(text, f)).collect_view();
        let part = match list {
            "links" => {
                Some(view! { <div class="of-link" id=format!("link-{n}")>{self.of_link(n)}</div> }.into_any())
            }
            "assessments" => {
                let show = button(text.say("analysis-show-parts"), "do", "show parts", Weight::Plain);
                Some(
                    view! {
                        <p>{show}</p>
                        <div class="parts" id=format!("assessment-{n}")>{self.of_assessment(n)}</div>
                    }
                    .into_any(),
                )
            }
            _ => None,
        };
        view! {
            <fieldset class="entry" id=is_newest.then_some("more")>
                <legend>{title}</legend>
                {fields}
                {part}
                <p>{button(take_out, "do", &format!("take-out {list}.{n}"), Weight::Plain)}</p>
            </fieldset>
        }
        .into_any()
    }

    /// What the record says to a treaty link: the standing of the answerable states on the day, and what speaks against it.
    fn of_link(&self, n: usize) -> AnyView {
        let link = self.draft.links.get(n).cloned().unwrap_or_default();
        let offered = self.record.library.treaty(&link.treaty).map(|slug| {
            let option = |(number, heading): &(ProvisionNumber, String)| {
                view! { <option value=number.to_string()>{heading.clone()}</option> }
            };
            self.record.library.provisions(slug.as_str()).iter().map(option).collect_view()
        });
        view! {
            <datalist id=format!("provisions-{n}")>{offered.ok()}</datalist>
            {self.against(n)}
            {self.beside(&link)}
        }
        .into_any()
    }

    /// What the record contradicts in a treaty link, and what may have been meant. What was refused stands at its field.
    fn against(&self, n: usize) -> AnyView {
        let of_link = format!("links.{n}.");
        let against = self.record.contradictions(&self.draft).into_iter();
        let against =
            against.filter(|e| e.field.starts_with(&of_link) && !self.errors.contains_key(&e.field));
        let one = |error: FieldError| {
            let choices = meant(std::slice::from_ref(&error)).remove(&error.field).unwrap_or_default();
            let choice = |name: String| {
                let what = format!("choose {} {name}", error.field);
                button(name, "do", &what, Weight::Plain)
            };
            let choices = choices.into_iter().map(choice).collect_view();
            view! {
                <div>
                    <p class="against">{problem(self.text, &error.problem)}</p>
                    <p class="meant">{choices}</p>
                </div>
            }
        };
        against.map(one).collect_view().into_any()
    }

    fn beside(&self, link: &DraftLink) -> AnyView {
        let text = self.text;
        let say = |key: &str| view! { <p class="hint">{text.say(key)}</p> }.into_any();
        let Ok(slug) = self.record.library.treaty(&link.treaty) else { return ().into_any() };
        let Some(happened) = When::of_draft(&self.draft) else { return say("analysis-no-start") };
        let Some(treaty) = self.reading.treaty(slug.as_str()) else {
            return ().into_any();
        };
        let reading = &self.reading;
        let number = self.record.library.provision(slug, &link.provision).ok();
        let states: Vec<Beside> = self
            .record
            .actions
            .iter()
            .filter_map(|(state, actions)| {
                let country = reading.country(*state)?;
                Some(Beside::new(text, happened, number.as_ref(), treaty, country, actions, reading))
            })
            .collect();
        if states.is_empty() {
            return say("analysis-nobody-answerable");
        }
        let rows = Beside::facts(text, link.way.parse().ok(), &states);
        facts(rows)
    }

    /// The parts of an assessment and what they come to.
    fn of_assessment(&self, n: usize) -> AnyView {
        let text = self.text;
        let Some(assessment) = self.draft.assessments.get(n) else { return ().into_any() };
        if assessment.right.trim().is_empty() {
            return ().into_any();
        }
        let parts = self.filled().parts(n, assessment, self.more);
        let parts = parts.into_iter().map(|f| field(text, f)).collect_view();
        let add = assessment.right_is_in_words().then(|| {
            let what = format!("add assessments.{n}.parts");
            view! { <p>{button(text.say("analysis-add-part"), "do", &what, Weight::Plain)}</p> }
        });
        let outcome = text.say(match assessment.outcome() {
            Outcome::Met => "outcome-met",
            Outcome::NotMet => "outcome-not-met",
            Outcome::Open => "outcome-open",
        });
        let outcome = text.with("analysis-outcome", &[("outcome", outcome.into())]);
        view! {
            {parts}
            {add}
            <p class="note">{outcome}</p>
        }
        .into_any()
    }
}

/// The parts of the form that `fields`, just saved, change, by their ids.
pub fn analysis_parts(
    text: Text,
    page: &AnalysisForm,
    fields: &[(String, String)],
) -> BTreeMap<String, String> {
    let shown = Shown::of(text, page);
    let mut parts = BTreeMap::new();
    for (name, _) in fields {
        let index = |at: &str| at.parse::<usize>().ok().filter(|n| *n < domain::incident::LIMITS.entries);
        match name.split('.').collect::<Vec<_>>()[..] {
            ["links", at, "treaty" | "provision" | "way"] => {
                let Some(n) = index(at) else { continue };
                parts.insert(format!("link-{n}"), crate::render::render(|| shown.of_link(n)));
            }
            ["assessments", at, "right"] | ["assessments", at, "parts", _, "outcome"] => {
                let Some(n) = index(at) else { continue };
                parts.insert(format!("assessment-{n}"), crate::render::render(|| shown.of_assessment(n)));
            }
            _ => {}
        }
    }
    if !page.blurs.is_empty() {
        let said = crate::render::render(|| still_says(text, &page.case.id, Form::Analysis, &page.blurs));
        parts.insert("still-says".to_owned(), said);
    }
    parts
}

/// Who may see and not change gets the same fields as text.
fn read_only(text: Text, page: &AnalysisForm) -> AnyView {
    let shown = Shown::of(text, page);
    let filled = shown.filled();
    let rows: Vec<_> = LISTS
        .iter()
        .flat_map(|list| filled.filled_entries(list, None).into_iter().map(move |n| (*list, n)))
        .flat_map(|(list, n)| {
            let mut fields = filled.entry(list, n);
            if let Some(assessment) = shown.draft.assessments.get(n).filter(|_| list == "assessments") {
                fields.extend(filled.parts(n, assessment, None));
            }
            fields
        })
        .filter(|f| !f.value.trim().is_empty())
        .map(|f| {
            view! {
                <dt>{f.label}</dt>
                <dd dir="auto">{value::value(text, shown.known, &f.name, &f.value)}</dd>
            }
        })
        .collect();
    if rows.is_empty() {
        return view! { <p class="empty">{text.say("analysis-not-yet")}</p> }.into_any();
    }
    view! {
        <p>{text.say("analysis-read-only")}</p>
        <dl class="facts">{rows}</dl>
    }
    .into_any()
}
