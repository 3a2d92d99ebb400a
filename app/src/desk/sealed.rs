//! A case's sealed notes: shown only when asked for, and that is logged.

use leptos::prelude::*;
use store::desk::{Case, Member};

use super::desk_page;
use crate::components::form::{Control, Field, Sight, Weight, button, error_summary, field, hidden};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Who asks.
    pub member: Member,
    /// The case.
    pub case: Case,
    /// The note, once revealed.
    pub note: Option<String>,
    /// The hash of the note that was revealed: what sealing anew is based on.
    pub seen: String,
    /// What was wrong with the last try.
    pub error: Option<String>,
    /// What was just done.
    pub done: Option<String>,
}

/// The page.
pub fn sealed(context: &PageContext, page: Sealed) -> String {
    let text = context.text;
    let title = text.say("sealed-title");
    let member = page.member.clone();
    desk_page(context, &member, title.clone(), page.done, None, move || {
        let action = format!("/desk/cases/{}/sealed", page.case.id);
        let who = hidden("member", &page.member.id);
        let body = match page.note {
            None => view! {
                <form method="post" action=action>
                    {who} {button(text.say("sealed-reveal"), "do", "reveal", Weight::Plain)}
                </form>
            }
            .into_any(),
            Some(note) => {
                let input = Field::new("note", text.say("sealed-note"))
                    .control(Control::Lines(10))
                    .value(note)
                    .sight(Sight::Sealed);
                let errors: Vec<_> = page.error.into_iter().map(|said| ("note".to_owned(), said)).collect();
                view! {
                    {error_summary(text, errors)}
                    <form method="post" action=action>
                        {who} {hidden("seen", &page.seen)} {field(text, input)} {button(text.say("sealed-save"), "do", "save", Weight::Main)}
                    </form>
                }
                .into_any()
            }
        };
        view! {
            <h1>{title}</h1>
            <p>
                <a href=format!("/desk/cases/{}", page.case.id)>{text.say("case-back")}</a>
            </p>
            <p>{text.say("sealed-explained")}</p>
            {body}
        }
    })
}
