//! A page of the facts of one kind.

use domain::fact::{FactAction, FactKind, address, may_on_facts};
use leptos::prelude::*;
use store::desk::Member;
use store::record::FactLine;

use super::{COUNTRIES, FactWords, back, country_names, more, treaty_choice};
use crate::components::form::{Control, Field, Weight, button, field};
use crate::components::part::host;
use crate::components::table::{Column, table};
use crate::context::PageContext;
use crate::desk::desk_page;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct FactList {
    /// Who asks.
    pub member: Member,
    /// The kind.
    pub kind: FactKind,
    /// What facts are said with.
    pub words: FactWords,
    /// This page's facts.
    pub lines: Vec<FactLine>,
    /// The address of the next page, where more follow.
    pub next: Option<String>,
    /// Only of this treaty.
    pub treaty: String,
    /// Only of this country, as typed.
    pub country: String,
    /// What was wrong with that.
    pub error: Option<String>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn facts(context: &PageContext, page: FactList) -> String {
    let text = context.text;
    let title = text.say(&format!("fact-kind-{}", page.kind.slug()));
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        view! {
            <h1>{title}</h1>
            {back(&page.words)}
            <p>{text.say(&format!("fact-kind-{}-explained", page.kind.slug()))}</p>
            {new(&page)}
            {filter(&page)}
            {list(&page)}
            {more(&page.words, page.next.as_ref())}
        }
    })
}

/// The way to a new one. An indicator comes with its observations, as a file.
fn new(page: &FactList) -> AnyView {
    let text = page.words.text;
    if page.kind == FactKind::Indicator {
        return view! { <p class="meta">{text.say("facts-indicator-by-import")}</p> }.into_any();
    }
    let changes = may_on_facts(page.member.role, FactAction::Change);
    let key = if changes { "facts-add" } else { "facts-propose-new" };
    let address = format!("/desk/record/new/{}", page.kind.slug());
    view! {
        <p>
            <a class="button main" href=address>
                {text.say(key)}
            </a>
        </p>
    }
    .into_any()
}

fn filter(page: &FactList) -> AnyView {
    let text = page.words.text;
    let by_treaty = matches!(page.kind, FactKind::Action | FactKind::Provision);
    let by_country = matches!(page.kind, FactKind::Action | FactKind::Area | FactKind::Group);
    if !by_treaty && !by_country {
        return ().into_any();
    }
    let treaty = by_treaty.then(|| field(text, treaty_choice(&page.words, &page.treaty)));
    let country = by_country.then(|| {
        let mut country = Field::new("country", text.say("facts-country"))
            .control(Control::Line)
            .autocomplete("off")
            .value(page.country.clone())
            .error(page.error.clone());
        country.list = Some(COUNTRIES.to_owned());
        view! { {field(text, country)} {country_names(&page.words)} }
    });
    view! {
        <form method="get" class="filters">
            {treaty} {country} {button(text.say("facts-filter"), "", "", Weight::Plain)}
        </form>
    }
    .into_any()
}

fn list(page: &FactList) -> AnyView {
    let text = page.words.text;
    if page.lines.is_empty() {
        return view! { <p class="empty">{text.say("facts-none")}</p> }.into_any();
    }
    let columns = ["facts-column-fact", "facts-column-source", "facts-column-checked", "facts-column-since"];
    let columns = columns.map(|key| Column::words(text.say(key))).into();
    let rows = page
        .lines
        .iter()
        .map(|line| {
            let link = view! {
                <a href=address(page.kind, &line.id) dir="auto">
                    {page.words.line(&line.fact)}
                </a>
            };
            let source = match host(line.fact.source()) {
                host if host.is_empty() => text.say("facts-no-source"),
                host => host,
            };
            let checked = match line.fact.checked() {
                Some(true) => text.say("facts-checked"),
                Some(false) => text.say("not-yet-checked"),
                None => text.say("facts-check-not-asked"),
            };
            let since = text.with("facts-edition", &[("edition", line.edition_from.into())]);
            vec![
                link.into_any(),
                view! { <span dir="auto">{source}</span> }.into_any(),
                checked.into_any(),
                since.into_any(),
            ]
        })
        .collect();
    let caption = text.say(&format!("fact-kind-{}", page.kind.slug()));
    table(caption, columns, rows)
}
