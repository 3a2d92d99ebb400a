//! What stands beside a case's form: cases that may be the same, and where to look for more. The form's own buttons settle
//! the one, so that pressing them saves what was typed; the other are plain links, and nothing is asked for by us.

use domain::form::Form;
use domain::incident::Draft;
use domain::lookup::{Lookup, copies, measurements};
use domain::{PartialDate, country::Gazetteer};
use leptos::prelude::*;
use store::desk::{Blur, Likely};
use text::Text;

use super::saving::still_says;
use crate::components::part::host;

/// What there is to show.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What may be the same.
    pub likely: Vec<Likely>,
    /// Where networks of the country were measured, and copies of the sources' pages: each with what it is of.
    pub lookups: Vec<(String, Lookup)>,
    /// What was blurred.
    pub blurs: Vec<Blur>,
}

impl Beside {
    /// For what stands in a draft.
    pub fn new(draft: &Draft, likely: Vec<Likely>, countries: &Gazetteer) -> Self {
        let Ok(start) = draft.start.parse::<PartialDate>() else {
            return Self { likely, ..Self::default() };
        };
        let end = draft.end.parse().unwrap_or(start);
        let mut lookups = Vec::new();
        for code in draft.places.iter().filter_map(|place| countries.find(place).ok()) {
            let name = countries.name(code).unwrap_or_default();
            let found = countries.alpha2(code).map(|alpha2| measurements(alpha2, start.first(), end.last()));
            lookups.extend(found.into_iter().flatten().map(|lookup| (name.to_owned(), lookup)));
        }
        if !lookups.is_empty() {
            let sources = draft.sources.iter();
            lookups.extend(sources.filter_map(|s| Some((host(&s.url), copies(&s.url, start.first())?))));
        }
        Self { likely, lookups, blurs: Vec::new() }
    }
}

/// The part alone: what takes its place when what it rests on was changed.
pub fn case_beside(text: Text, case: &str, beside: Beside) -> String {
    crate::render::render(|| inner(text, case, &beside))
}

/// The part of the page.
pub(super) fn beside(text: Text, case: &str, shown: &Beside) -> AnyView {
    view! { <div class="beside-form" id="beside">{inner(text, case, shown)}</div> }.into_any()
}

fn inner(text: Text, case: &str, beside: &Beside) -> AnyView {
    view! { {still_says(text, case, Form::Case, &beside.blurs)} {likely(text, &beside.likely)} {lookups(text, &beside.lookups)} }.into_any()
}

fn likely(text: Text, likely: &[Likely]) -> AnyView {
    if likely.is_empty() {
        return ().into_any();
    }
    view! {
        <section>
            <h2>{text.say("likely-title")}</h2>
            <p class="hint">{text.say("likely-hint")}</p>
            <ul class="likely">{likely.iter().map(|one| one_likely(text, one)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn one_likely(text: Text, one: &Likely) -> AnyView {
    let title = if one.title.trim().is_empty() { text.say("desk-untitled") } else { one.title.clone() };
    let (href, what) = if one.is_published {
        (
            format!("/incidents/{}", one.key),
            text.with("likely-published", &[("reference", (&one.key).into())]),
        )
    } else if one.is_linked {
        (format!("/desk/cases/{}", one.key), text.say("likely-linked"))
    } else {
        (format!("/desk/cases/{}", one.key), text.say("likely-own"))
    };
    let act = |what: &str| {
        view! {
            <button type="submit" class="button" name="do" value=format!("{what} {}", one.key)>
                {text.say(&format!("likely-{what}"))}
                <span class="visually-hidden">": "{title.clone()}</span>
            </button>
        }
    };
    let relate = (!one.is_linked).then(|| act("relate"));
    view! {
        <li>
            <p dir="auto">
                <a href=href>{title.clone()}</a>
            </p>
            <p class="meta">{one.start.clone()} " · " {what}</p>
            <p class="meant">{relate} {act("series")} {act("not-the-same")}</p>
        </li>
    }
    .into_any()
}

fn lookups(text: Text, lookups: &[(String, Lookup)]) -> AnyView {
    if lookups.is_empty() {
        return ().into_any();
    }
    let items = lookups.iter().map(|(of, lookup)| {
        view! {
            <li>
                <a href=lookup.address.clone() rel="noreferrer noopener">
                    {text.with("lookup", &[("service", lookup.service.into()), ("of", of.into())])}
                </a>
            </li>
        }
    });
    view! {
        <section>
            <h2>{text.say("lookup-title")}</h2>
            <p class="hint">{text.say("lookup-hint")}</p>
            <ul class="lookups">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}
