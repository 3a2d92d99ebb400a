//! `/privacy`: what is kept of readers (nothing that names them) and of members, on what basis, for how long, and how to object.

use leptos::prelude::*;

use super::PageContext;
use super::about::section;
use crate::components::part::part;
use crate::components::shell::{PageHead, shell};

/// The whole document.
pub fn render(context: &PageContext) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("privacy-title"), text.say("privacy-description"));
    shell(context, head, || {
        let controller = match &context.operator {
            Some(operator) => text.with("privacy-controller-named", &[("operator", operator.into())]),
            None => text.say("privacy-controller-unnamed"),
        };
        view! {
            <div class="title-block">
                <h1>{text.say("privacy-title")}</h1>
                <p class="summary">{text.say("privacy-description")}</p>
            </div>
            {part("controller", text.say("privacy-controller"), view! { <p dir="auto">{controller}</p> })}
            {section(text, "privacy-readers", 5)}
            {section(text, "privacy-members", 4)}
            {section(text, "privacy-record", 3)}
            {section(text, "privacy-basis", 2)}
            {section(text, "privacy-kept", 4)}
            {section(text, "privacy-object", 4)}
        }
    })
}
