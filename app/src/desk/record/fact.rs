//! A fact's page: its form, ending it, what it said before.

use domain::fact::{FactAction, FactField, FactKind, Shape, fields_of, may_on_facts, write};
use leptos::prelude::*;
use store::desk::{Member, Proposal, ProposedAct};
use store::record::FactLine;

use super::differences::{differences, gathered};
use super::{COUNTRIES, FactWords, back, country_names};
use crate::components::facts::{Fact as Line, facts};
use crate::components::form::{
    Choice, Control, Field, Sight, Weight, button, error_of, error_summary, field, hidden,
};
use crate::context::PageContext;
use crate::desk::{desk_page, named};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct FactPage {
    /// Who asks.
    pub member: Member,
    /// The kind.
    pub kind: FactKind,
    /// What facts are said with.
    pub words: FactWords,
    /// Its versions, newest first; none for a new one.
    pub history: Vec<FactLine>,
    /// The proposal that is looked at.
    pub proposal: Option<Proposal>,
    /// The version that the form was made from; empty for a new fact.
    pub seen: String,
    /// The form's fields as typed.
    pub typed: Vec<(String, String)>,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

impl FactPage {
    /// The version that stands.
    fn stands(&self) -> Option<&FactLine> {
        self.history.first().filter(|line| line.edition_to.is_none())
    }

    fn may(&self, action: FactAction) -> bool {
        may_on_facts(self.member.role, action)
    }

    /// The label of a field of the fact.
    fn label(&self, name: &str) -> Option<String> {
        let is_field = fields_of(self.kind).iter().any(|field| field.name == name);
        is_field.then(|| self.words.label(self.kind, name))
    }

    fn typed(&self, name: &str) -> String {
        self.typed
            .iter()
            .rev()
            .find(|(field, _)| field == name)
            .map(|(_, text)| text.clone())
            .unwrap_or_default()
    }
}

/// The page.
pub fn fact(context: &PageContext, page: FactPage) -> String {
    let text = context.text;
    let title = match page.history.first() {
        Some(line) => page.words.line(&line.fact),
        None => text.say(&format!("fact-new-{}", page.kind.slug())),
    };
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let ended = (!page.history.is_empty() && page.stands().is_none())
            .then(|| view! { <p>{text.say("facts-ended")}</p> });
        let is_open = page.history.is_empty() || page.stands().is_some();
        let list = format!("/desk/record/{}", page.kind.slug());
        view! {
            <h1 dir="auto">{title}</h1>
            {error_summary(text, named(&page.errors, |name| page.label(name)))}
            {back(&page.words)}
            <p>
                <a href=list>{text.say(&format!("fact-kind-{}", page.kind.slug()))}</a>
            </p>
            {ended}
            {proposed(&page)}
            {is_open.then(|| form(&page))}
            {is_open.then(|| ending(&page))}
            {history(&page)}
        }
    })
}

/// What a proposal would change, and why.
fn proposed(page: &FactPage) -> AnyView {
    let Some(proposal) = &page.proposal else { return ().into_any() };
    let text = page.words.text;
    let stands = page.stands().map(|line| write(&line.fact)).unwrap_or_default();
    let mut typed = gathered(page.kind, &proposal.fields);
    for name in ["checked", "checked_on"] {
        // Nobody proposes that something was checked.
        typed.extend(stands.get(name).map(|value| (name.to_owned(), value.clone())));
    }
    let changes = match proposal.act {
        ProposedAct::End => view! { <p>{text.say("proposals-would-end")}</p> }.into_any(),
        _ => differences(&page.words, page.kind, &stands, &typed),
    };
    let is_stale = page.stands().is_some_and(|line| line.version != proposal.seen);
    let stale = is_stale.then(|| view! { <p>{text.say("proposals-stale")}</p> });
    let from = text.with("proposals-from", &[("organisation", (&proposal.organisation_name).into())]);
    view! {
        <section>
            <h2>{text.say("proposals-what")}</h2>
            <p class="meta" dir="auto">{from}</p>
            <p dir="auto">{proposal.reason.clone()}</p>
            {stale}
            {changes}
        </section>
    }
    .into_any()
}

fn form(page: &FactPage) -> AnyView {
    let text = page.words.text;
    let changes = page.may(FactAction::Change);
    let is_new = page.history.is_empty();
    let action = page.stands().map_or_else(
        || format!("/desk/record/{}", page.kind.slug()),
        |line| domain::fact::address(page.kind, &line.id),
    );
    let fields = fields_of(page.kind)
        .iter()
        .filter(|field| is_new || !field.is_fixed)
        // That something was checked is a steward's to say.
        .filter(|field| changes || !matches!(field.name, "checked" | "checked_on"))
        .map(|field| one(page, field))
        .collect_view();
    let fixed: Vec<Line> = page
        .stands()
        .map(|line| write(&line.fact))
        .into_iter()
        .flat_map(|stands| {
            let fixed = fields_of(page.kind).iter().filter(|field| field.is_fixed);
            fixed
                .filter_map(move |field| Some((field.name, stands.get(field.name)?.clone())))
                .collect::<Vec<_>>()
        })
        .map(|(name, value)| {
            Line::new(page.words.label(page.kind, name), page.words.value(page.kind, name, &value))
        })
        .collect();
    let fixed = (!fixed.is_empty()).then(|| facts(fixed));
    let (heading, key, act, label) = match (is_new, changes) {
        (true, true) => ("facts-add-heading", "facts-reason", "change", "facts-add-button"),
        (true, false) => {
            ("facts-propose-heading", "facts-reason-proposal", "propose", "facts-propose-button")
        }
        (false, true) => ("facts-change-heading", "facts-reason", "change", "facts-change-button"),
        (false, false) => {
            ("facts-propose-heading", "facts-reason-proposal", "propose", "facts-propose-button")
        }
    };
    let reason = Field::new("reason", text.say(key))
        .control(Control::Lines(2))
        .hint(text.say(&format!("{key}-hint")))
        .sight(if changes { Sight::Public } else { Sight::Desk })
        .value(page.typed("reason"))
        .error(error_of(&page.errors, "reason"));
    view! {
        <section>
            <h2>{text.say(heading)}</h2>
            {fixed}
            <form method="post" action=action>
                {carried(page)} {fields} {country_names(&page.words)} {field(text, reason)}
                {button(text.say(label), "do", act, Weight::Main)}
            </form>
        </section>
    }
    .into_any()
}

/// What both forms carry: for whom they were made, from which version, for which proposal.
fn carried(page: &FactPage) -> AnyView {
    let proposal = page.proposal.as_ref().map(|proposal| hidden("proposal", &proposal.id));
    view! { {hidden("member", &page.member.id)} {hidden("seen", &page.seen)} {proposal} }.into_any()
}

fn one(page: &FactPage, of: &FactField) -> AnyView {
    let words = &page.words;
    let choices = |slugs: &[&str]| -> Vec<Choice> {
        slugs.iter().map(|slug| Choice::new(*slug, words.choice(page.kind, of.name, slug))).collect()
    };
    let with_none = |list: Vec<Choice>| {
        let none = Choice::new("", words.text.say("facts-choose"));
        Control::Select(std::iter::once(none).chain(list).collect())
    };
    let control = match of.shape {
        Shape::Line | Shape::Area => Control::Line,
        Shape::Lines => Control::Lines(3),
        Shape::Short | Shape::Date | Shape::Day => Control::Short(12),
        Shape::Address => Control::Address,
        Shape::Treaty => with_none(
            words.treaties.iter().map(|t| Choice::new(t.slug.as_str(), t.short_title.clone())).collect(),
        ),
        Shape::One(slugs) => with_none(choices(slugs)),
        Shape::Any(slugs) => Control::Boxes(choices(slugs)),
        Shape::Yes | Shape::Checked => Control::Box,
    };
    let value = gathered(page.kind, &page.typed).remove(of.name).unwrap_or_default();
    // A code is what is kept; who reads the form knows the country by its name.
    let value = if of.shape == Shape::Area { words.value(page.kind, "country", &value) } else { value };
    let mut shown = Field::new(of.name, words.label(page.kind, of.name))
        .control(control)
        .value(value)
        .autocomplete("off")
        .error(error_of(&page.errors, of.name));
    shown.hint = words.hint(page.kind, of.name);
    shown.list = (of.shape == Shape::Area).then(|| COUNTRIES.to_owned());
    field(words.text, shown)
}

fn ending(page: &FactPage) -> AnyView {
    let (text, Some(line)) = (page.words.text, page.stands()) else { return ().into_any() };
    let ends = page.may(FactAction::Change);
    let (act, key) = if ends { ("end", "facts-end") } else { ("propose-end", "facts-propose-end") };
    let reason =
        Field::new("end_reason", text.say(if ends { "facts-reason" } else { "facts-reason-proposal" }))
            .control(Control::Lines(2))
            .sight(if ends { Sight::Public } else { Sight::Desk })
            .value(page.typed("end_reason"))
            .error(error_of(&page.errors, "end_reason"));
    let open = reason.error.is_some()
        || page.proposal.as_ref().is_some_and(|proposal| proposal.act == ProposedAct::End);
    view! {
        <details open=open>
            <summary>{text.say(key)}</summary>
            <form method="post" action=domain::fact::address(page.kind, &line.id)>
                <p>{text.say("facts-end-explained")}</p>
                {carried(page)} {field(text, reason)} {button(text.say(key), "do", act, Weight::Grave)}
            </form>
        </details>
    }
    .into_any()
}

/// What the fact said before, newest change first.
fn history(page: &FactPage) -> AnyView {
    let text = page.words.text;
    if page.history.is_empty() {
        return ().into_any();
    }
    let ended = page.history.first().and_then(|line| line.edition_to).map(|edition| {
        let said = text.with("facts-ended-in", &[("edition", edition.into())]);
        view! { <li><p>{said}</p></li> }
    });
    let items = page
        .history
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let said = text.with("facts-edition", &[("edition", line.edition_from.into())]);
            let what = match page.history.get(at + 1) {
                Some(before) => differences(&page.words, page.kind, &write(&before.fact), &write(&line.fact)),
                None => view! { <p class="meta">{text.say("facts-first-version")}</p> }.into_any(),
            };
            view! { <li><p><b>{said}</b></p>{what}</li> }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say("facts-history")}</h2>
            <ol class="versions">{ended} {items}</ol>
        </section>
    }
    .into_any()
}
