//! `/changes`: every publication act, newest first.

use leptos::prelude::*;
use store::record::{Cause, Edition, Record};

use super::{LoadError, PageContext};
use crate::components::incident::address;
use crate::components::part::{empty, link, note, part};
use crate::components::shell::{PageHead, shell};

/// How many editions a page has.
const PAGE: i64 = 50;

/// What the page shows.
#[derive(Debug)]
pub struct ChangesPage {
    /// This page's editions.
    pub editions: Vec<Edition>,
    /// Older ones begin before this one.
    pub older: Option<i64>,
    /// The page does not begin with the newest.
    pub continued: bool,
}

/// Reads the editions before `before`; the newest where none is named.
pub async fn load(
    record: &Record,
    _context: &PageContext,
    before: Option<i64>,
) -> Result<ChangesPage, LoadError> {
    let mut editions = record.editions(before, PAGE + 1).await?;
    let more = editions.len() > PAGE as usize;
    editions.truncate(PAGE as usize);
    let older = editions.last().filter(|_| more).map(|edition| edition.number);
    Ok(ChangesPage { editions, older, continued: before.is_some() })
}

/// The whole document.
pub fn render(page: &ChangesPage, context: &PageContext) -> String {
    let text = context.text;
    let mut head = PageHead::new(text.say("changes-title"), text.say("changes-description"));
    head.no_index = page.continued;
    shell(context, head, || {
        let older = page.older.map(|before| {
            view! {
                <p class="pages">
                    {link(context.link(&format!("/changes?before={before}")), text.say("changes-older"))}
                </p>
            }
        });
        let newest = page.continued.then(|| {
            view! { <p class="pages">{link(context.link("/changes"), text.say("changes-newest"))}</p> }
        });
        view! {
            <div class="title-block">
                <h1>{text.say("changes-title")}</h1>
                <p class="summary">{text.say("changes-description")}</p>
            </div>
            {part(
                "editions",
                text.say("changes-editions"),
                view! { {newest} {list(context, &page.editions)} {older} {note(text.say("changes-note"))} },
            )}
        }
    })
}

/// Editions as a list.
pub(super) fn list(context: &PageContext, editions: &[Edition]) -> AnyView {
    if editions.is_empty() {
        return empty(context.text.say("changes-none"));
    }
    let items = editions.iter().map(|edition| one(context, edition)).collect_view();
    view! { <ol class="history" role="list">{items}</ol> }.into_any()
}

fn one(context: &PageContext, edition: &Edition) -> AnyView {
    let text = context.text;
    let number = text.with("changes-edition", &[("edition", edition.number.to_string().into())]);
    let what = match (&edition.reference, edition.cause) {
        (Some(reference), _) => {
            let title = edition.title.clone().unwrap_or_default();
            let words = if title.is_empty() {
                reference.clone()
            } else {
                text.with("changes-incident", &[("reference", reference.into()), ("title", title.into())])
            };
            link(context.link(&address(reference)), words)
        }
        (None, Cause::Starter | Cause::Facts) => ().into_any(),
        (None, _) => text.say("changes-not-shown").into_any(),
    };
    let reason = (!edition.reason.is_empty())
        .then(|| view! { <p class="small" dir="auto">{edition.reason.clone()}</p> });
    let cause = text.say(&format!("cause-{}", edition.cause.slug()));
    view! {
        <li>
            <p class="over">
                <a href=format!("{}?edition={}", context.plain_link("/changes"), edition.number)>{number}</a>
                " · "
                <time datetime=edition.day.to_string()>{text.day(edition.day)}</time>
            </p>
            <p dir="auto">
                <strong>{cause}"."</strong>
                " "
                {what}
            </p>
            {reason}
        </li>
    }
    .into_any()
}
