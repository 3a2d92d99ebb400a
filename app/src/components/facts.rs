//! Facts as a list of names and values. An unknown is a value: it is said in words, set apart by type.

use leptos::prelude::*;

/// One fact.
#[derive(Debug)]
pub struct Fact {
    name: String,
    value: AnyView,
    known: bool,
}

impl Fact {
    /// A known fact.
    pub fn new(name: String, value: impl IntoView + 'static) -> Self {
        Self { name, value: value.into_any(), known: true }
    }

    /// A fact that nobody recorded, in words that say so.
    pub fn unknown(name: String, words: String) -> Self {
        Self { name, value: words.into_any(), known: false }
    }

    /// Text, or the words for its absence.
    pub fn text(name: String, value: &str, unknown: String) -> Self {
        if value.trim().is_empty() { Self::unknown(name, unknown) } else { Self::new(name, value.to_owned()) }
    }
}

/// The facts, in order.
pub fn facts(facts: Vec<Fact>) -> AnyView {
    let row = |fact: Fact| {
        let class = if fact.known { "known" } else { "unknown" };
        view! {
            <div class=class>
                <dt>{fact.name}</dt>
                <dd dir="auto">{fact.value}</dd>
            </div>
        }
    };
    view! { <dl class="facts">{facts.into_iter().map(row).collect_view()}</dl> }.into_any()
}
