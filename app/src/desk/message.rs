//! A desk page that only says something: not allowed, changed meanwhile, too large.

use leptos::prelude::*;

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
