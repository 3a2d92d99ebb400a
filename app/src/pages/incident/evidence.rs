//! Evidence that is shown with an incident: copies of pictures; of other files what they are, and what is in them.

use domain::evidence::thumbnail_size;
use leptos::prelude::*;
use store::record::PublicEvidence;

use super::Published;
use crate::components::incident::address;
use crate::components::part::{note, part};
use crate::context::PageContext;
use crate::words;

/// The part; nothing where no evidence is shown.
pub(super) fn evidence(page: &Published, context: &PageContext) -> AnyView {
    let public = &page.public;
    if public.evidence.is_empty() {
        return ().into_any();
    }
    let text = context.text;
    let items = public.evidence.iter().map(|file| one(file, &public.reference, context)).collect_view();
    let body = view! {
        {note(text.say("incident-evidence-note"))}
        <ul class="evidence">{items}</ul>
    };
    part("evidence", text.say("incident-evidence"), body)
}

fn one(file: &PublicEvidence, reference: &str, context: &PageContext) -> AnyView {
    let text = context.text;
    if let Some(day) = file.withdrawn_on {
        return view! { <li>{text.with("incident-evidence-withheld", &[("day", text.day(day).into())])}</li> }.into_any();
    }
    let kind = text.with(
        "incident-evidence-kind",
        &[
            ("type", file.media_type.clone().into()),
            ("size", words::file_size(text, file.rounded_bytes).into()),
        ],
    );
    let picture = (!file.copy_type.is_empty()).then(|| {
        let at = format!("{}/evidence/{}", address(reference), file.id);
        let (width, height) = thumbnail_size(file.copy_size.0, file.copy_size.1);
        view! {
            <a href=context.link(&at)>
                <img
                    class="thumbnail"
                    src=context.link(&format!("{at}/thumbnail"))
                    alt=file.shows.clone()
                    width=width
                    height=height
                    loading="lazy"
                />
            </a>
        }
    });
    view! {
        <li>
            {picture}
            <p dir="auto">{file.shows.clone()}</p>
            <p class="small">
                <span>{kind}</span>
            </p>
        </li>
    }
    .into_any()
}
