//! `/treaties`: every instrument of the record, with what it is and how far its list reaches.

use domain::treaty::{InForce, InstrumentKind, Treaty};
use leptos::prelude::*;
use store::record::Record;
use text::Text;

use super::{LoadError, PageContext};
use crate::components::part::{link, note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::table::{Column, table};
use crate::words::days;

/// Every instrument.
#[derive(Debug)]
pub struct TreatiesPage {
    treaties: Vec<Treaty>,
}

/// Reads every instrument.
pub async fn load(record: &Record, _context: &PageContext) -> Result<TreatiesPage, LoadError> {
    Ok(TreatiesPage { treaties: record.treaties().await? })
}

/// The whole document.
pub fn render(page: &TreatiesPage, context: &PageContext) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("treaties-title"), text.say("treaties-description"));
    shell(context, head, || {
        let (treaties, others): (Vec<&Treaty>, Vec<&Treaty>) =
            page.treaties.iter().partition(|treaty| treaty.kind == InstrumentKind::Treaty);
        let others = (!others.is_empty()).then(|| {
            part(
                "other-instruments",
                text.say("treaties-others"),
                view! {
                    {note(text.say("treaties-others-note"))}
                    {list(context, text.say("treaties-others-caption"), &others)}
                },
            )
        });
        view! {
            <div class="title-block">
                <h1>{text.say("treaties-title")}</h1>
                <p class="summary">{text.say("treaties-description")}</p>
            </div>
            {part(
                "treaties",
                text.say("treaties-treaties"),
                list(context, text.say("treaties-caption"), &treaties),
            )}
            {others}
        }
    })
}

fn list(context: &PageContext, caption: String, treaties: &[&Treaty]) -> AnyView {
    let text = context.text;
    let columns = vec![
        Column::words(text.say("treaties-name")),
        Column::words(text.say("treaty-opened")),
        Column::words(text.say("treaty-in-force")),
        Column::words(text.say("treaty-list")),
    ];
    let rows = treaties.iter().map(|treaty| {
        let name = view! {
            {link(context.link(&format!("/treaties/{}", treaty.slug)), treaty.short_title.clone())}
            <span class="small" dir="auto">{treaty.official_title.clone()}</span>
        };
        let opened = treaty.opened.map_or_else(|| text.say("not-recorded"), |date| days::partial(text, date));
        vec![
            name.into_any(),
            opened.into_any(),
            in_force(text, treaty).into_any(),
            reach(text, treaty).into_any(),
        ]
    });
    table(caption, columns, rows.collect())
}

/// Whether and since when an instrument is in force, in words.
pub(super) fn in_force(text: Text, treaty: &Treaty) -> String {
    match (treaty.kind, treaty.in_force) {
        (_, InForce::Since(day)) => text.with("treaty-in-force-since", &[("day", text.day(day).into())]),
        (InstrumentKind::Norms, _) => text.say("treaty-never-in-force"),
        (_, InForce::NotAsOf(day)) => text.with("treaty-not-in-force", &[("day", text.day(day).into())]),
        (_, InForce::NotRecorded) => text.say("not-recorded"),
    }
}

/// How far the list of actions reaches, in words.
pub(super) fn reach(text: Text, treaty: &Treaty) -> String {
    let list = treaty.list;
    if treaty.kind != InstrumentKind::Treaty {
        return text.say("treaty-list-none-needed");
    }
    match (list.joining_complete_to, list.leaving_complete_to) {
        (Some(joining), Some(leaving)) => text.with(
            "treaty-list-both",
            &[("joining", text.day(joining).into()), ("leaving", text.day(leaving).into())],
        ),
        (Some(joining), None) => text.with("treaty-list-joining", &[("joining", text.day(joining).into())]),
        (None, Some(leaving)) => text.with("treaty-list-leaving", &[("leaving", text.day(leaving).into())]),
        (None, None) => text.say("treaty-list-incomplete"),
    }
}
