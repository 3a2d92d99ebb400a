//! What waits for whom: the desk's first page. The longest waiting stands first; what a member may not do is not offered
//! as theirs, and what waits on somebody else says on whom, and why.

use domain::queue::{Section, Why};
use domain::rights::{Action, Facts, Relation, Role, may};
use leptos::prelude::*;
use store::desk::{CaseLine, Member, Queue, QueueLine, ReplyLine};
use text::Text;

use super::cases::moment;
use super::problem::label;
use super::{desk_page, partners, replies};
use crate::components::form::{Weight, button};
use crate::context::PageContext;
use crate::words;

/// How many lines of a section stand on the page before the rest is a link away.
const SHOWN: usize = 15;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct QueuePage {
    /// Who asks.
    pub member: Member,
    /// What waits.
    pub queue: Queue,
    /// Cases of partner organisations that wait for this member's review.
    pub handed: Vec<CaseLine>,
    /// Replies from outside that wait.
    pub replies: Vec<ReplyLine>,
    /// The one section that was asked for, whole.
    pub only: Option<Section>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn queue(context: &PageContext, page: QueuePage) -> String {
    let text = context.text;
    let role = page.member.role;
    let only = page.only;
    let title = match only {
        Some(section) => text.say(&format!("queue-{}", section.slug())),
        None => text.say("queue-title"),
    };
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let sections: Vec<AnyView> = page
            .queue
            .iter()
            .filter(|(section, _)| only.is_none_or(|only| only == *section))
            .map(|(section, lines)| part(text, *section, lines, only.is_some()))
            .collect();
        // Neither is a section of the queue: what partners handed over is no case of one's own, and a reply is none.
        let (handed, waiting) = match only {
            Some(_) => (Vec::new(), Vec::new()),
            None => (page.handed.clone(), page.replies.clone()),
        };
        let is_empty = sections.is_empty() && handed.is_empty() && waiting.is_empty();
        let empty = is_empty.then(|| view! { <p>{text.say("queue-nothing")}</p> });
        view! {
            <h1>{title}</h1>
            {new_case(text, role)}
            {ways(text, role)}
            {empty}
            {partners::handed(text, &handed)}
            {replies::waiting(text, &page.member, &waiting)}
            {sections}
        }
    })
}

/// The button that opens a case, for who may enter one.
pub(super) fn new_case(text: Text, role: Role) -> Option<impl IntoView + use<>> {
    may(role, Relation::Entrant, Action::Edit, Facts::default()).then(|| {
        view! {
            <form method="post" action="/desk/cases">
                {button(text.say("desk-new-case"), "", "", Weight::Main)}
            </form>
        }
    })
}

/// Who sees no case still hides what the public sees: by its reference.
fn ways(text: Text, role: Role) -> AnyView {
    let allowed = |action| may(role, Relation::SameOrganisation, action, Facts::default());
    let list = allowed(Action::List)
        .then(|| view! { <li><a href="/desk/cases">{text.say("desk-all-cases")}</a></li> });
    let hide =
        allowed(Action::Hide).then(|| view! { <li><a href="/desk/hide">{text.say("hide-title")}</a></li> });
    view! { <ul class="ways">{list} {hide}</ul> }.into_any()
}

fn part(text: Text, section: Section, lines: &[QueueLine], whole: bool) -> AnyView {
    let shown = if whole { lines.len() } else { SHOWN };
    let more = (lines.len() > shown).then(|| {
        let said = text.with("queue-more", &[("count", (lines.len() - shown).into())]);
        view! {
            <p>
                <a href=format!("/desk?show={}", section.slug())>{said}</a>
            </p>
        }
    });
    let heading = text.with(
        "queue-heading",
        &[("section", text.say(&format!("queue-{}", section.slug())).into()), ("count", lines.len().into())],
    );
    let items = lines.iter().take(shown).map(|line| item(text, section, line)).collect_view();
    view! {
        <section>
            <h2>{heading}</h2>
            <ul class="cases">{items}</ul>
            {more}
        </section>
    }
    .into_any()
}

fn item(text: Text, section: Section, line: &QueueLine) -> AnyView {
    let title = if line.title.trim().is_empty() { text.say("desk-untitled") } else { line.title.clone() };
    let case = format!("/desk/cases/{}", line.case);
    let href = match section {
        Section::Withdrawals => format!("{case}/withdrawals"),
        Section::Comments => format!("{case}/review#comments"),
        Section::Review | Section::Publish | Section::Scheduled => format!("{case}/review"),
        Section::SentBack | Section::Drafts | Section::Others => case,
    };
    let since = text.with("queue-since", &[("when", moment(text, &line.since).into())]);
    let about = match section {
        Section::Comments if line.about.is_empty() => Some(text.say("comment-whole")),
        Section::Comments => Some(label(text, &line.about)),
        Section::Scheduled => Some(text.with("queue-due", &[("when", moment(text, &line.about).into())])),
        Section::Withdrawals | Section::Others if is_redaction(line.why) => {
            Some(words::redactable(text, &line.about))
        }
        _ if line.about.is_empty() => None,
        _ => Some(text.with("desk-note", &[("note", (&line.about).into())])),
    };
    let why = line.why.map(|why| {
        let key = format!("queue-why-{}", why.slug());
        match (section, line.on.is_empty()) {
            (Section::Others, true) => format!("{} {}", text.say(&key), text.say("queue-on-nobody")),
            (Section::Others, false) => {
                let who = text.list_or(&line.on);
                format!("{} {}", text.say(&key), text.with("queue-on", &[("who", who.into())]))
            }
            _ => text.say(&key),
        }
    });
    let taken_off = line.taken_off.map(|why| {
        view! { <p class="error">{text.say(&format!("taken-off-{}", why.slug()))}</p> }
    });
    let said: Vec<String> = [line.reference.clone(), Some(since), about].into_iter().flatten().collect();
    view! {
        <li>
            <p>
                <a href=href dir="auto">
                    {title}
                </a>
            </p>
            {why.map(|why| view! { <p>{why}</p> })}
            {taken_off}
            <p class="meta" dir="auto">{said.join(" · ")}</p>
        </li>
    }
    .into_any()
}

fn is_redaction(why: Option<Why>) -> bool {
    matches!(why, Some(Why::RedactAsked | Why::RedactBegun))
}
