//! A desk page that only says something: not allowed, changed meanwhile, too large, not now.

use leptos::prelude::*;

use super::Replay;
use super::sign_in::carried;
use crate::components::form::{Weight, button};
use crate::components::shell::{PageHead, shell};
use crate::context::PageContext;

/// A page with a title, a sentence and a way on.
pub fn message(context: &PageContext, title: String, said: String, back: (String, String)) -> String {
    let head = PageHead { no_index: true, ..PageHead::new(title.clone(), String::new()) };
    shell(context, head, move || {
        view! {
            <h1>{title}</h1>
            <p>{said}</p>
            <p>
                <a href=back.0>{back.1}</a>
            </p>
        }
    })
}

/// Nothing can be written for now; a form that was sent is kept in the page, to be sent again.
pub fn not_now(context: &PageContext, kept: Option<Replay>) -> String {
    let text = context.text;
    let title = text.say("read-only-title");
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    let said = text.say(if kept.is_some() { "read-only-kept" } else { "read-only-not-kept" });
    shell(context, head, move || {
        let again = kept.map(|Replay { path, fields }| {
            let fields = fields.into_iter().map(|(name, value)| carried(&name, &value)).collect_view();
            view! {
                <form method="post" action=path>
                    {fields} {button(text.say("read-only-again"), "", "", Weight::Main)}
                </form>
            }
        });
        view! {
            <h1>{title}</h1>
            <p>{said}</p>
            {again}
        }
    })
}
