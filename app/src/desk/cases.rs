//! The list of an organisation's cases, page by page.

use domain::case::{PublicState, WorkingState};
use leptos::prelude::*;
use store::desk::{CaseLine, Member};
use text::Text;

use super::{desk_page, queue};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CaseList {
    /// Who asks.
    pub member: Member,
    /// The cases, last changed first.
    pub cases: Vec<CaseLine>,
    /// The address of the next page, where there is one.
    pub next: Option<String>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn cases(context: &PageContext, page: CaseList) -> String {
    let text = context.text;
    let role = page.member.role;
    desk_page(context, &page.member, text.say("desk-all-cases"), page.done, None, move || {
        let empty = page.cases.is_empty().then(|| view! { <p>{text.say("desk-no-case")}</p> });
        let items = page.cases.iter().map(|line| item(text, line)).collect_view();
        let next = page.next.map(|href| {
            view! {
                <p>
                    <a href=href rel="next">
                        {text.say("desk-next-cases")}
                    </a>
                </p>
            }
        });
        view! {
            <h1>{text.say("desk-all-cases")}</h1>
            {queue::new_case(text, role)}
            {empty}
            <ul class="cases">{items}</ul>
            {next}
        }
    })
}

fn item(text: Text, line: &CaseLine) -> AnyView {
    let title =
        if line.draft.title.trim().is_empty() { text.say("desk-untitled") } else { line.draft.title.clone() };
    let said: Vec<String> = [
        line.reference.clone(),
        Some(states(text, line.public_state, line.working_state)),
        (!line.note.is_empty()).then(|| text.with("desk-note", &[("note", (&line.note).into())])),
        Some(text.with("desk-changed", &[("when", moment(text, &line.changed_at).into())])),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <li>
            <p>
                <a href=format!("/desk/cases/{}", line.id) dir="auto">
                    {title}
                </a>
            </p>
            <p class="meta" dir="auto">{said.join(" · ")}</p>
        </li>
    }
    .into_any()
}

/// Where a case stands, in words.
pub(super) fn states(text: Text, public: PublicState, working: Option<WorkingState>) -> String {
    let public = text.say(&format!("public-state-{}", public.slug()));
    match working {
        Some(state) => format!("{public}; {}", text.say(&format!("working-state-{}", state.slug()))),
        None => public,
    }
}

/// `2026-11-23T14:03:00Z` in words.
pub(super) fn moment(text: Text, stamp: &str) -> String {
    let day = stamp.get(..10).and_then(|day| day.parse().ok()).map(|day| text.day(day));
    match (day, stamp.get(11..16)) {
        (Some(day), Some(time)) => text.with("desk-moment", &[("day", day.into()), ("time", time.into())]),
        _ => stamp.to_owned(),
    }
}
