//! The list of an organisation's cases, and what waits for whom.

use domain::case::{PublicState, WorkingState};
use domain::rights::{Action, Facts, Relation, Role, may};
use leptos::prelude::*;
use store::desk::{CaseLine, Member, ReplyLine};
use text::Text;

use super::{desk_page, partners, replies};
use crate::components::form::{Weight, button};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CaseList {
    /// Who asks.
    pub member: Member,
    /// The cases, last changed first.
    pub cases: Vec<CaseLine>,
    /// Cases of partner organisations that wait for this member's review.
    pub handed: Vec<CaseLine>,
    /// Replies from outside that wait.
    pub replies: Vec<ReplyLine>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn cases(context: &PageContext, page: CaseList) -> String {
    let text = context.text;
    let role = page.member.role;
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, text.say("desk-title"), done, None, move || {
        let may_enter = matches!(role, Role::Researcher | Role::Reviewer);
        let new_case = may_enter.then(|| {
            view! {
                <form method="post" action="/desk/cases">
                    {button(text.say("desk-new-case"), "", "", Weight::Main)}
                </form>
            }
        });
        let waiting = |line: &&CaseLine| {
            matches!(line.working_state, Some(WorkingState::Submitted | WorkingState::Verified))
        };
        let (queue, others): (Vec<&CaseLine>, Vec<&CaseLine>) = page.cases.iter().partition(waiting);
        // Who sees no case still hides what the public sees: by its reference.
        let hide = may(role, Relation::SameOrganisation, Action::Hide, Facts::default()).then(|| {
            view! {
                <p>
                    <a href="/desk/hide">{text.say("hide-title")}</a>
                </p>
            }
        });
        let empty = page.cases.is_empty().then(|| view! { <p>{text.say("desk-no-case")}</p> });
        view! {
            <h1>{text.say("desk-title")}</h1>
            {new_case}
            {hide}
            {empty}
            {partners::handed(text, &page.handed)}
            {replies::waiting(text, &page.member, &page.replies)}
            {part(text, "desk-waiting", &queue)}
            {part(text, "desk-others", &others)}
        }
    })
}

fn part(text: Text, heading: &str, lines: &[&CaseLine]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let items = lines
        .iter()
        .map(|line| {
            let title = if line.draft.title.trim().is_empty() {
                text.say("desk-untitled")
            } else {
                line.draft.title.clone()
            };
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
                    <p class="meta">{said.join(" · ")}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say(heading)}</h2>
            <ul class="cases">{items}</ul>
        </section>
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
