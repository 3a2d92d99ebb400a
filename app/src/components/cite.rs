//! How to quote and cite a page: a sentence, the address at its edition, the licence.

use leptos::prelude::*;

use super::facts::{Fact, facts};
use crate::context::PageContext;

/// What is cited.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The title of the page, or of the incident.
    pub title: String,
    /// Its address, as the page's links have it.
    pub path: String,
    /// A sentence that can be quoted as it stands.
    pub sentence: Option<String>,
    /// SHA-256 of the stored record, for an incident.
    pub content_hash: Option<String>,
}

/// The sentence, the citation and the hash, each to be selected with one click where the browser can.
pub fn cite(context: &PageContext, cited: &Cited) -> AnyView {
    let text = context.text;
    let address = context.citable(&cited.path);
    let citation = text.with(
        "cite-citation",
        &[
            ("title", (&cited.title).into()),
            ("edition", context.edition.to_string().into()),
            ("day", text.day(context.today).into()),
            ("address", (&address).into()),
        ],
    );
    let quote = cited.sentence.clone().map(|sentence| {
        let said = text.with(
            "cite-quote",
            &[
                ("sentence", sentence.into()),
                ("edition", context.edition.to_string().into()),
                ("day", text.day(context.today).into()),
            ],
        );
        view! {
            <p class="lead-in">{text.say("cite-quote-title")}</p>
            <blockquote class="copy">{said}</blockquote>
        }
    });
    let mut rows = vec![Fact::new(text.say("cite-address"), view! { <code class="copy">{address}</code> })];
    if let Some(hash) = cited.content_hash.clone() {
        rows.push(Fact::new(text.say("cite-hash"), view! { <code class="copy">{hash}</code> }));
    }
    rows.push(Fact::new(text.say("cite-licence"), text.say("cite-licence-words")));
    view! {
        {quote}
        <p class="lead-in">{text.say("cite-title")}</p>
        <p class="copy">{citation}</p>
        {facts(rows)}
    }
    .into_any()
}
