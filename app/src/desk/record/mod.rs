//! The facts of the record at the desk: where they begin, a page of one kind, a fact's form, what is not yet checked,
//! proposals.

mod differences;
mod fact;
mod list;
mod proposals;
mod unchecked;
mod words;

pub use fact::{FactPage, fact};
pub use list::{FactList, facts};
pub use proposals::{Proposals, proposals};
pub use unchecked::{Unchecked, UncheckedLine, unchecked};
pub use words::FactWords;

use domain::fact::{FactAction, FactKind, may_on_facts};
use leptos::prelude::*;
use store::desk::Member;

use super::desk_page;
use crate::components::form::{Choice, Control, Field};
use crate::context::PageContext;

/// Where the facts of the record begin.
#[derive(Clone, Debug)]
pub struct RecordDesk {
    /// Who asks.
    pub member: Member,
    /// How many of which kind are not yet checked.
    pub unchecked: Vec<(FactKind, i64)>,
    /// How many proposals wait: all, or one's own.
    pub proposals: i64,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn record(context: &PageContext, page: RecordDesk) -> String {
    let text = context.text;
    let title = text.say("facts-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let decides = may_on_facts(page.member.role, FactAction::Decide);
        let kinds = FactKind::ALL
            .iter()
            .map(|kind| {
                let name = text.say(&format!("fact-kind-{}", kind.slug()));
                let explained = text.say(&format!("fact-kind-{}-explained", kind.slug()));
                view! {
                    <li>
                        <p>
                            <a href=format!("/desk/record/{}", kind.slug())>{name}</a>
                        </p>
                        <p class="meta">{explained}</p>
                    </li>
                }
            })
            .collect_view();
        let count: i64 = page.unchecked.iter().map(|(_, count)| count).sum();
        let explained = if decides { "facts-explained" } else { "facts-explained-proposing" };
        let waiting = if decides { "proposals-waiting" } else { "proposals-own-waiting" };
        view! {
            <h1>{title}</h1>
            <p>{text.say(explained)}</p>
            <ul class="cases">
                <li>
                    <p>
                        <a href="/desk/record/unchecked">{text.say("unchecked-title")}</a>
                    </p>
                    <p class="meta">{text.with("unchecked-count", &[("count", count.into())])}</p>
                </li>
                <li>
                    <p>
                        <a href="/desk/record/proposals">{text.say("proposals-title")}</a>
                    </p>
                    <p class="meta">{text.with(waiting, &[("count", page.proposals.into())])}</p>
                </li>
            </ul>
            <section>
                <h2>{text.say("facts-kinds")}</h2>
                <ul class="cases">{kinds}</ul>
            </section>
        }
    })
}

/// The way back to where the facts begin.
fn back(words: &FactWords) -> AnyView {
    view! {
        <p>
            <a href="/desk/record">{words.text.say("facts-back")}</a>
        </p>
    }
    .into_any()
}

/// A choice of one treaty, or of all.
fn treaty_choice(words: &FactWords, value: &str) -> Field {
    let all = Choice::new("", words.text.say("facts-all-treaties"));
    let treaties = words.treaties.iter().map(|t| Choice::new(t.slug.as_str(), t.short_title.clone()));
    Field::new("treaty", words.text.say("facts-treaty"))
        .control(Control::Select(std::iter::once(all).chain(treaties).collect()))
        .value(value)
}

/// The way to the next page.
fn more(words: &FactWords, next: Option<&String>) -> AnyView {
    let Some(address) = next.cloned() else { return ().into_any() };
    view! {
        <p class="pages">
            <a href=address>{words.text.say("facts-more")}</a>
        </p>
    }
    .into_any()
}

/// The names that a field for a country offers.
const COUNTRIES: &str = "countries";

fn country_names(words: &FactWords) -> AnyView {
    let options =
        words.countries.names().map(|name| view! { <option value=name.to_owned()></option> }).collect_view();
    view! { <datalist id=COUNTRIES>{options}</datalist> }.into_any()
}
