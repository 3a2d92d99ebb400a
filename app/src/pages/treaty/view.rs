//! How the page of an instrument looks.

use domain::treaty::{InstrumentKind, Provision, TreatyAction};
use leptos::prelude::*;

use super::{Participant, TreatyPage};
use crate::components::facts::{Fact, facts};
use crate::components::part::{empty, host, link, note, outward, part};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, marked, teach};
use crate::components::table::{Column, table};
use crate::context::PageContext;
use crate::pages::treaties::{in_force, reach};
use crate::words::standing::act;
use crate::words::{self, days};

/// The whole document.
pub fn render(page: &TreatyPage, context: &PageContext) -> String {
    let treaty = &page.treaty;
    let head = PageHead::new(treaty.short_title.clone(), treaty.official_title.clone());
    shell(context, head, || {
        view! {
            <div class="title-block">
                <p class="over">{words::term(context.text, "instrument", instrument(treaty.kind))}</p>
                <h1 dir="auto">{treaty.short_title.clone()}</h1>
                <p class="summary" dir="auto">{treaty.official_title.clone()}</p>
            </div>
            {particulars(page, context)}
            {participants(page, context)}
            {by_state(&page.notices, "notices", context)}
            {by_state(&page.statements, "statements", context)}
            {provisions(page, context)}
        }
    })
}

fn instrument(kind: InstrumentKind) -> &'static str {
    match kind {
        InstrumentKind::Treaty => "treaty",
        InstrumentKind::Norms => "norms",
        InstrumentKind::Directive => "directive",
    }
}

fn particulars(page: &TreatyPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let treaty = &page.treaty;
    let say = |key: &str| text.say(key);
    let fact = |key: &str, value: &str| Fact::text(text.say(key), value, text.say("not-recorded"));
    let date = |date: Option<domain::PartialDate>| date.map(|d| days::partial(text, d)).unwrap_or_default();
    let opened = match (&treaty.opened_place, treaty.opened) {
        (Some(place), Some(_)) => {
            text.with("treaty-opened-at", &[("when", date(treaty.opened).into()), ("place", place.into())])
        }
        _ => date(treaty.opened),
    };
    let mut rows = vec![
        fact("treaty-depositary", treaty.depositary.as_deref().unwrap_or_default()),
        fact("treaty-adopted", &date(treaty.adopted)),
        fact("treaty-opened", &opened),
    ];
    if let Some(until) = treaty.open_until {
        rows.push(Fact::new(say("treaty-open-until"), text.day(until)));
    }
    rows.push(fact("treaty-open-to", &treaty.open_to_words));
    rows.push(Fact::new(say("treaty-in-force"), in_force(text, treaty)));
    rows.push(fact("treaty-entry-rule", &treaty.entry_into_force_rule));
    rows.push(fact("treaty-effect-rule", &treaty.effect_words));
    rows.push(fact("treaty-denunciation-rule", &treaty.denunciation_words));
    rows.push(fact("treaty-languages", &text.list_and(&treaty.languages)));
    if let Some((count, when)) = treaty.parties_count {
        let said = text.with(
            "treaty-parties-counted",
            &[("count", i64::from(count).into()), ("when", days::partial(text, when).into())],
        );
        rows.push(Fact::new(say("treaty-parties-count"), said));
    }
    rows.push(Fact::new(say("treaty-list"), reach(text, treaty)));
    let seen = treaty.list.last_seen.map(|day| text.day(day)).unwrap_or_default();
    rows.push(fact("treaty-list-seen", &seen));
    rows.push(match &treaty.text_url {
        Some(address) => Fact::new(say("treaty-text"), outward(address, host(address))),
        None => Fact::unknown(say("treaty-text"), say("not-recorded")),
    });
    if !treaty.source_url.is_empty() {
        let source = outward(&treaty.source_url, host(&treaty.source_url));
        rows.push(Fact::new(say("treaty-source"), source));
    }
    let unchecked = (!treaty.rules_checked).then(|| note(say("treaty-rules-unchecked")));
    let about = (!treaty.note.is_empty()).then(|| note(treaty.note.clone()));
    part("particulars", text.say("treaty-particulars"), view! { {facts(rows)} {unchecked} {about} })
}

fn participants(page: &TreatyPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let title = text.say("treaty-participants");
    if page.treaty.kind != InstrumentKind::Treaty {
        return part("participants", title, note(text.say("treaty-no-participants")));
    }
    if page.participants.is_empty() {
        return part("participants", title, empty(text.say("treaty-participants-none")));
    }
    let counts: Vec<String> = page
        .counts
        .iter()
        .map(|(status, count)| {
            text.with(
                "treaty-count",
                &[("status", status.into()), ("count", text.count(*count as i64).into())],
            )
        })
        .collect();
    let columns = vec![
        Column::words(text.say("treaty-state")),
        Column::words(text.say("treaty-standing-today")),
        Column::words(text.say("country-treaties-acts")),
        Column::words(text.say("treaty-sources")),
    ];
    let rows = page.participants.iter().map(|one| participant(one, context)).collect();
    let caption = text.with("treaty-participants-caption", &[("day", text.day(context.today).into())]);
    part(
        "participants",
        title,
        view! {
            {note(text.with("treaty-counts", &[("counts", counts.join("; ").into())]))}
            {note(reach(text, &page.treaty))}
            {table(caption, columns, rows)}
            {teach(text)}
            {legend(text)}
        },
    )
}

fn participant(one: &Participant, context: &PageContext) -> Vec<AnyView> {
    let text = context.text;
    let acts = one
        .used
        .iter()
        .map(|action| {
            let unchecked = (!action.checked)
                .then(|| view! { " " <span class="unchecked">{text.say("not-yet-checked")}</span> });
            view! { <li>{words::capitalised(&act(text, action))} {unchecked}</li> }
        })
        .collect_view();
    let mut seen: Vec<&TreatyAction> = Vec::new();
    for action in &one.used {
        if !seen.iter().any(|other| other.source_url == action.source_url) {
            seen.push(action);
        }
    }
    let used = seen.into_iter().map(|action| view! { <li>{source(action)}</li> }).collect_view();
    let also = (!one.also_seen.is_empty()).then(|| {
        let list = one
            .also_seen
            .iter()
            .map(|action| {
                let why = (!action.note.is_empty()).then(|| view! { " " <span>{action.note.clone()}</span> });
                view! { <li>{words::capitalised(&act(text, action))} ": " {source(action)} {why}</li> }
            })
            .collect_view();
        let summary = text.with("treaty-also-seen", &[("count", one.also_seen.len().into())]);
        view! {
            <details>
                <summary>
                    {summary} <span class="visually-hidden">": " {one.name.clone()}</span>
                </summary>
                <ul class="acts">{list}</ul>
            </details>
        }
    });
    vec![
        link(context.link(&format!("/countries/{}", one.code.slug())), one.name.clone()),
        marked(one.standing.clone()),
        view! { <ul class="acts">{acts}</ul> }.into_any(),
        view! { <ul class="acts small">{used}</ul> {also} }.into_any(),
    ]
}

fn source(action: &TreatyAction) -> AnyView {
    let title =
        if action.source_title.is_empty() { host(&action.source_url) } else { action.source_title.clone() };
    outward(&action.source_url, title)
}

/// What is not a step towards being bound, by state: `name` is the part's name, here and in the catalogue.
fn by_state(list: &[(String, Vec<TreatyAction>)], name: &str, context: &PageContext) -> AnyView {
    if list.is_empty() {
        return ().into_any();
    }
    let text = context.text;
    let states = list
        .iter()
        .map(|(state, list)| {
            let items = list.iter().map(|one| statement(one, context)).collect_view();
            let summary =
                text.with("treaty-statements-of", &[("state", state.into()), ("count", list.len().into())]);
            view! {
                <details>
                    <summary>{summary}</summary>
                    <ul class="acts">{items}</ul>
                </details>
            }
        })
        .collect_view();
    part(
        name,
        text.say(&format!("treaty-{name}")),
        view! { {note(text.say(&format!("treaty-{name}-note")))} {states} },
    )
}

fn statement(one: &TreatyAction, context: &PageContext) -> AnyView {
    let text = context.text;
    let line = words::capitalised(&act(text, one));
    let touched = (!one.provisions.is_empty())
        .then(|| text.with("act-provisions", &[("provisions", one.provisions.replace(';', ", ").into())]));
    let said = (!one.text.is_empty()).then(|| view! { <q dir="auto">{one.text.clone()}</q> " " });
    let unchecked =
        (!one.checked).then(|| view! { <span class="unchecked">{text.say("not-yet-checked")}</span> " " });
    view! {
        <li>
            {line} " " {touched} " " {said} {unchecked} <span class="small">{source(one)}</span>
        </li>
    }
    .into_any()
}

fn provisions(page: &TreatyPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let title = text.say("treaty-provisions");
    if page.topics.is_empty() {
        return part("provisions", title, empty(text.say("treaty-provisions-none")));
    }
    let columns = vec![
        Column::words(text.say("provision-number")),
        Column::words(text.say("provision-heading")),
        Column::words(text.say("provision-checked")),
    ];
    let tables = page
        .topics
        .iter()
        .map(|(topic, list)| {
            let rows = list.iter().map(|one| provision(one, context)).collect();
            table(topic.clone(), columns.clone(), rows)
        })
        .collect_view();
    part("provisions", title, view! { {note(text.say("treaty-provisions-note"))} {tables} })
}

fn provision(one: &Provision, context: &PageContext) -> Vec<AnyView> {
    let text = context.text;
    let ours = one
        .heading_is_ours
        .then(|| view! { " " <span class="small">{text.say("provision-heading-ours")}</span> });
    let about = (!one.note.is_empty()).then(|| view! { <p class="small">{one.note.clone()}</p> });
    let binding = (!one.binding_words.is_empty()).then(|| {
        let words = text.with("provision-binding", &[("words", (&one.binding_words).into())]);
        view! { <p class="small">{words}</p> }
    });
    let checked = if one.checked {
        text.say("provision-is-checked").into_any()
    } else {
        view! { <span class="unchecked">{text.say("provision-unchecked")}</span> }.into_any()
    };
    let source = (!one.source_url.is_empty()).then(|| {
        view! { " " <span class="small">{outward(&one.source_url, host(&one.source_url))}</span> }
    });
    vec![
        one.number.to_string().into_any(),
        view! { <span dir="auto">{one.heading.clone()}</span> {ours} {binding} {about} }.into_any(),
        view! { {checked} {source} }.into_any(),
    ]
}
