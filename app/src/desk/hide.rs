//! Hiding an incident at once, by the reference that the public page shows: for who may hide and does not see the case.

use leptos::prelude::*;
use store::desk::Member;

use super::desk_page;
use crate::components::form::{Control, Field, Weight, button, error_of, error_summary, field, hidden};
use crate::context::PageContext;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Hide {
    /// Who asks.
    pub member: Member,
    /// The reference as typed.
    pub reference: String,
    /// The reason as typed.
    pub reason: String,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
}

/// The page.
pub fn hide(context: &PageContext, page: Hide) -> String {
    let text = context.text;
    let title = text.say("hide-title");
    let member = page.member.clone();
    desk_page(context, &member, title.clone(), None, None, move || {
        let reference = Field::new("reference", text.say("hide-reference"))
            .control(Control::Short(16))
            .hint(text.say("hide-reference-hint"))
            .value(page.reference)
            .error(error_of(&page.errors, "reference"));
        let reason = Field::new("reason", text.say("review-reason-hide"))
            .control(Control::Lines(3))
            .value(page.reason)
            .error(error_of(&page.errors, "reason"));
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors)}
            <p>{text.say("step-hide-explained")}</p>
            <form method="post" action="/desk/hide">
                {hidden("member", &page.member.id)} {field(text, reference)} {field(text, reason)}
                {button(text.say("step-hide-button"), "", "", Weight::Grave)}
            </form>
        }
    })
}
