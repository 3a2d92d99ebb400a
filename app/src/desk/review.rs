//! Review: what would be published, what is missing, what changed, and the steps that this member may take.

use std::collections::BTreeMap;

use domain::FieldError;
use domain::form;
use domain::incident::Draft;
use domain::rights::{Facts, Relation};
use leptos::prelude::*;
use store::desk::{Case, Comment, Member, Partner, Schedule, VersionLine};
use text::Text;

use super::case_fields::Filled;
use super::comments::Comments;
use super::problem::{address, label, problem};
use super::review_check::check;
use super::review_steps::steps;
use super::value::Known;
use super::{cases, desk_page, value};
use crate::components::form::error_summary;
use crate::components::part::link;
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Review {
    /// Who asks.
    pub member: Member,
    /// The case.
    pub case: Case,
    /// What two-person rules ask for.
    pub facts: Facts,
    /// The hash of what stands there now: what a verification names.
    pub seen: String,
    /// What publishing still needs.
    pub missing: Vec<FieldError>,
    /// The versions, newest first.
    pub versions: Vec<VersionLine>,
    /// The names behind codes and slugs.
    pub known: Known,
    /// The organisations that it can be handed to.
    pub partners: Vec<Partner>,
    /// What was said of it.
    pub comments: Vec<Comment>,
    /// When it is to be published.
    pub schedule: Option<Schedule>,
    /// What is public of it is marked as disputed.
    pub is_disputed: bool,
    /// What was typed and refused.
    pub typed: BTreeMap<String, String>,
    /// What was wrong with the last step, by field.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn review(context: &PageContext, page: Review) -> String {
    let text = context.text;
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, text.say("review-title"), done, None, move || {
        let title = page.case.draft.title.clone();
        let title = if title.trim().is_empty() { text.say("desk-untitled") } else { title };
        view! {
            <h1>{text.say("review-title")}</h1>
            <p dir="auto">
                {match page.case.relation(&page.member) {
                    // A partner sees what is submitted, here and nowhere else.
                    Relation::Partner => view! { <strong>{title}</strong> }.into_any(),
                    _ => link(format!("/desk/cases/{}", page.case.id), title),
                }}
            </p>
            <p>{link(format!("/desk/cases/{}/evidence", page.case.id), text.say("evidence-title"))}</p>
            <p class="meta">{cases::states(text, page.case.public_state, page.case.working_state)}</p>
            {error_summary(text, page.errors.clone())}
            {missing(text, &page)}
            {page.case.working_state.map(|_| check(text, &page.case.draft, &page.known))}
            {steps(text, &page)}
            {content(text, &page)}
            {history(text, &page.versions)}
        }
    })
}

fn missing(text: Text, page: &Review) -> AnyView {
    if page.case.working_state.is_none() {
        return ().into_any();
    }
    if page.missing.is_empty() {
        return view! { <p>{text.say("review-nothing-missing")}</p> }.into_any();
    }
    let items = page
        .missing
        .iter()
        .map(|e| {
            let href = address(&page.case.id, &e.field);
            view! {
                <li>
                    <a href=href>{label(text, &e.field)}</a>
                    ": "
                    {problem(text, &e.problem)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say("review-missing")}</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

/// What stands there, with what changed since the last published version beside it.
fn content(text: Text, page: &Review) -> AnyView {
    let published = page.versions.iter().find(|v| v.step == "published").map(|v| form::flatten(&v.draft));
    let now = form::flatten(&page.case.draft);
    let comments = Comments {
        text,
        case: &page.case.id,
        member: &page.member.id,
        all: &page.comments,
        typed: &page.typed,
        errors: &page.errors,
    };
    let said_of = |name: &str| page.comments.iter().any(|comment| comment.field == name);
    // An entry that was taken out since is shown too: empty, with what stood there.
    let mut both: BTreeMap<String, String> =
        published.iter().flatten().map(|(name, _)| (name.clone(), String::new())).collect();
    both.extend(now);
    let rows = in_the_forms_order(text, both)
        .into_iter()
        .filter(|(name, held)| {
            let before = published.as_ref().and_then(|p| p.get(name)).cloned().unwrap_or_default();
            !held.trim().is_empty() || !before.trim().is_empty() || said_of(name)
        })
        .map(|(name, held)| {
            let before = published.as_ref().map(|p| p.get(&name).cloned().unwrap_or_default());
            let changed = before.filter(|before| *before != held).map(|before| {
                view! {
                    <p class="before" dir="auto">
                        {text.say("review-before")}
                        " "
                        {if before.is_empty() { text.say("review-nothing") } else { value::value(text, &page.known, &name, &before) }}
                    </p>
                }
            });
            view! {
                <dt>{label(text, &name)}</dt>
                <dd dir="auto">{value::value(text, &page.known, &name, &held)} {changed} {comments.of(&name)}</dd>
            }
        })
        .collect_view();
    let reason = page.case.correction.clone().filter(|_| page.case.working_state.is_some());
    let correction = reason.map(|reason| {
        view! {
            <dt>{text.say("review-correction")}</dt>
            <dd dir="auto">{reason}</dd>
        }
    });
    view! {
        <section id="comments">
            <h2>{text.say("comment-whole")}</h2>
            <p class="hint">{text.say("comment-explained")}</p>
            {comments.of("")}
        </section>
        <section>
            <h2>{text.say("review-content")}</h2>
            <dl class="facts">{correction} {rows}</dl>
        </section>
    }
    .into_any()
}

/// Every field, in the order of the form; what the form has no place for comes last, and is never left out: a
/// reviewer stands for all of it.
fn in_the_forms_order(text: Text, mut fields: BTreeMap<String, String>) -> Vec<(String, String)> {
    let filled = Filled {
        text,
        values: &fields,
        errors: &BTreeMap::new(),
        meant: &BTreeMap::new(),
        blurred: &[],
        said: &BTreeMap::new(),
    };
    let mut names: Vec<String> = filled.every().into_iter().map(|field| field.name).collect();
    names.extend(filled.every_of_analysis());
    let mut rows: Vec<(String, String)> =
        names.into_iter().filter_map(|name| fields.remove_entry(&name)).collect();
    rows.extend(fields);
    rows
}

fn history(text: Text, versions: &[VersionLine]) -> AnyView {
    if versions.is_empty() {
        return ().into_any();
    }
    let before: BTreeMap<i64, &Draft> = versions.iter().map(|v| (v.number, &v.draft)).collect();
    let items = versions
        .iter()
        .map(|v| {
            let changed = before.get(&(v.number - 1)).map(|earlier| {
                let (old, new) = (form::flatten(earlier), form::flatten(&v.draft));
                let names: Vec<String> = new
                    .iter()
                    .filter(|(n, value)| old.get(*n) != Some(value))
                    .map(|(n, _)| label(text, n))
                    .collect();
                if names.is_empty() { text.say("review-no-field-changed") } else { names.join(", ") }
            });
            view! {
                <li>
                    {text.say(&format!("version-{}", v.step.replace(' ', "-")))}
                    " · "
                    {cases::moment(text, &v.made_at)}
                    {changed.map(|names| view! { <p class="meta">{names}</p> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{text.say("review-history")}</h2>
            <ol class="versions">{items}</ol>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reviewer_sees_every_field_once_and_the_title_before_the_sources() {
        let mut fields = form::flatten(&Draft::default());
        for name in [
            "places.1",
            "sources.0.url",
            "sources.2.title",
            "actors.0.state",
            "a.field.without.place",
            "links.1.way",
            "assessments.0.parts.1.reason",
            "assessments.0.right",
        ] {
            fields.insert(name.to_owned(), "x".to_owned());
        }
        let rows = in_the_forms_order(Text::new(text::Language::English), fields.clone());
        let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(rows.iter().cloned().collect::<BTreeMap<_, _>>(), fields);
        assert_eq!(names.len(), fields.len(), "none twice");
        let at = |name: &str| names.iter().position(|it| *it == name).expect("it is shown");
        assert!(at("title") < at("sources.0.url") && at("sources.0.url") < at("actors.0.state"));
        assert!(at("actors.0.state") < at("links.1.way") && at("links.1.way") < at("assessments.0.right"));
        assert!(at("assessments.0.right") < at("assessments.0.parts.1.reason"));
        assert_eq!(names.last(), Some(&"a.field.without.place"));
    }
}
