//! What is not yet checked, in one list; checking several at once by naming the source.

use domain::fact::{Fact, FactAction, FactKind, address, may_on_facts};
use leptos::prelude::*;
use store::desk::Member;
use store::record::FactLine;

use super::{FactWords, back, more, treaty_choice};
use crate::components::form::{
    Choice, Control, Field, Sight, Weight, button, error_of, error_summary, field, hidden,
};
use crate::components::part::{host, outward};
use crate::context::PageContext;
use crate::desk::{desk_page, named};

/// A line of the list.
#[derive(Clone, Debug)]
pub struct UncheckedLine {
    /// What its box sends.
    pub tick: String,
    /// It was ticked in the last try.
    pub is_ticked: bool,
    /// The fact.
    pub line: FactLine,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Unchecked {
    /// Who asks.
    pub member: Member,
    /// What facts are said with.
    pub words: FactWords,
    /// This page's facts.
    pub lines: Vec<UncheckedLine>,
    /// The address of the next page, where more follow.
    pub next: Option<String>,
    /// How many of which kind there are.
    pub counts: Vec<(FactKind, i64)>,
    /// Only of this kind.
    pub kind: String,
    /// Only of this treaty.
    pub treaty: String,
    /// Kind and key of the fact after which the page begins.
    pub after: (String, String),
    /// The form's fields as typed.
    pub typed: Vec<(String, String)>,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn unchecked(context: &PageContext, page: Unchecked) -> String {
    let text = context.text;
    let title = text.say("unchecked-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let checks = may_on_facts(page.member.role, FactAction::Check);
        let label =
            |name: &str| (name != "fact").then(|| text.say(&format!("unchecked-{}", name.replace('_', "-"))));
        let explained = if checks { "unchecked-explained" } else { "unchecked-explained-proposing" };
        view! {
            <h1>{title}</h1>
            {error_summary(text, named(&page.errors, label))}
            {back(&page.words)}
            <p>{text.say(explained)}</p>
            {filter(&page)}
            {if page.lines.is_empty() {
                view! { <p class="empty">{text.say("unchecked-none")}</p> }.into_any()
            } else if checks {
                checking(&page)
            } else {
                view! { <ul class="cases">{lines(&page, false)}</ul> }.into_any()
            }}
            {more(&page.words, page.next.as_ref())}
        }
    })
}

fn filter(page: &Unchecked) -> AnyView {
    let text = page.words.text;
    let all: i64 = page.counts.iter().map(|(_, count)| count).sum();
    let counted = |name: String, count: i64| {
        text.with("unchecked-kind-count", &[("kind", name.into()), ("count", count.into())])
    };
    let mut kinds = vec![Choice::new("", counted(text.say("unchecked-all-kinds"), all))];
    kinds.extend(page.counts.iter().map(|(kind, count)| {
        Choice::new(kind.slug(), counted(text.say(&format!("fact-kind-{}", kind.slug())), *count))
    }));
    let kind = Field::new("kind", text.say("unchecked-kind"))
        .control(Control::Select(kinds))
        .value(page.kind.clone());
    view! {
        <form method="get" class="filters">
            {field(text, kind)} {field(text, treaty_choice(&page.words, &page.treaty))}
            {button(text.say("facts-filter"), "", "", Weight::Plain)}
        </form>
    }
    .into_any()
}

fn checking(page: &Unchecked) -> AnyView {
    let text = page.words.text;
    let typed = |name: &str| {
        page.typed.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let source = |name: &str, control: Control| {
        let key = format!("unchecked-{}", name.replace('_', "-"));
        Field::new(name, text.say(&key))
            .hint(text.say(&format!("{key}-hint")))
            .control(control)
            .sight(Sight::Public)
            .value(typed(name))
            .autocomplete("off")
            .error(error_of(&page.errors, name))
    };
    let none = error_of(&page.errors, "fact").map(|said| view! { <p class="error">{said}</p> });
    view! {
        <form method="post" action="/desk/record/unchecked" class="wide">
            {hidden("member", &page.member.id)} {hidden("kind", &page.kind)} {hidden("treaty", &page.treaty)}
            {hidden("after_kind", &page.after.0)} {hidden("after", &page.after.1)}
            <fieldset id="f-fact" tabindex="-1">
                <legend>{text.say("unchecked-which")}</legend>
                {none}
                <ul class="cases">{lines(page, true)}</ul>
            </fieldset>
            <h2>{text.say("unchecked-against")}</h2>
            {field(text, source("source_title", Control::Line))}
            {field(text, source("source_url", Control::Address))}
            {field(text, source("read_on", Control::Short(12)))}
            {button(text.say("unchecked-button"), "", "", Weight::Main)}
        </form>
    }
    .into_any()
}

fn lines(page: &Unchecked, ticked: bool) -> AnyView {
    let text = page.words.text;
    let one = |(at, one): (usize, &UncheckedLine)| {
        let fact = &one.line.fact;
        let kind = fact.kind();
        let id = format!("fact-{at}");
        let words = page.words.line(fact);
        let name = if ticked {
            view! {
                <p class="choice">
                    <input type="checkbox" id=id.clone() name="fact" value=one.tick.clone() checked=one.is_ticked />
                    <label for=id dir="auto">
                        {words.clone()}
                    </label>
                </p>
            }
            .into_any()
        } else {
            view! { <p dir="auto">{words.clone()}</p> }.into_any()
        };
        let key = if ticked { "unchecked-open" } else { "unchecked-propose" };
        let source = match fact.source() {
            "" => text.say("facts-no-source").into_any(),
            source => outward(source, text.with("unchecked-seen", &[("host", host(source).into())])),
        };
        view! {
            <li>
                {name} {said(text, fact).map(|said| view! { <p class="meta" dir="auto">{said}</p> })}
                <p class="meta">
                    {text.say(&format!("fact-kind-{}", kind.slug()))} " · " {source} " · "
                    <a href=address(kind, &one.line.id)>
                        {text.say(key)} <span class="visually-hidden">" " {words}</span>
                    </a>
                </p>
            </li>
        }
    };
    page.lines.iter().enumerate().map(one).collect_view().into_any()
}

/// What else there is to hold against the source.
fn said(text: text::Text, fact: &Fact) -> Option<String> {
    let parts: Vec<String> = match fact {
        Fact::Action(action) => vec![action.provisions.clone(), action.text.clone(), action.note.clone()],
        Fact::Provision(provision) => vec![provision.binding_words.clone(), provision.note.clone()],
        Fact::Treaty(treaty) => vec![
            treaty.entry_into_force_rule.clone(),
            treaty.effect_words.clone(),
            treaty.denunciation_words.clone(),
        ],
        Fact::Group(member) => [(member.from, "facts-from"), (member.to, "facts-to")]
            .into_iter()
            .filter_map(|(day, key)| Some(text.with(key, &[("day", text.day(day?).into())])))
            .collect(),
        _ => Vec::new(),
    };
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}
