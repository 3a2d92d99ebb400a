//! The steps on the review page, one form each; what this member may not do, or not now, is not offered.

use domain::case::{PublicState, WorkingState};
use domain::rights::{Action, Relation, may};
use leptos::prelude::*;
use text::Text;

use super::cases::moment;
use super::partners;
use super::review::Review;
use crate::components::form::{Control, Field, Weight, button, error_of, field, hidden};

/// The steps, or why there is none.
pub(super) fn steps(text: Text, page: &Review) -> AnyView {
    let relation = page.case.relation(&page.member);
    let allowed = |action| may(page.member.role, relation, action, page.facts);
    let working = page.case.working_state;
    let public = page.case.public_state;
    let waits = matches!(working, Some(WorkingState::Submitted | WorkingState::Verified));
    let step = |name, weight, reason| step(text, page, name, weight, reason, Vec::new());
    let mut forms: Vec<AnyView> = Vec::new();
    if working == Some(WorkingState::Submitted) && allowed(Action::Verify) && page.missing.is_empty() {
        forms.push(step("verify", Weight::Main, None));
    }
    if working == Some(WorkingState::Verified) && allowed(Action::Publish) {
        forms.push(step("publish", Weight::Main, None));
        if relation != Relation::Partner {
            forms.push(at_a_time(text, page));
        }
    }
    if page.schedule.is_some() && allowed(Action::Unschedule) {
        forms.push(step("unschedule", Weight::Plain, None));
    }
    if waits && allowed(Action::RequestChanges) {
        forms.push(step("request-changes", Weight::Plain, Some("review-reason-changes")));
    }
    if working.is_none() && public.may_be_replaced() && allowed(Action::EditAnalysis) {
        forms.push(step("correct", Weight::Plain, Some("review-reason-correct")));
    }
    if public == PublicState::Published && allowed(Action::Dispute) {
        forms.push(dispute(text, page));
    }
    if public == PublicState::Published && allowed(Action::Retract) {
        forms.push(step("retract", Weight::Grave, Some("review-reason-retract")));
    }
    if matches!(public, PublicState::Published | PublicState::Retracted) && allowed(Action::Hide) {
        forms.push(step("hide", Weight::Grave, Some("review-reason-hide")));
    }
    if public == PublicState::Withheld && allowed(Action::Restore) {
        forms.push(step("restore", Weight::Plain, Some("review-reason-restore")));
    }
    forms.extend(partners::step(text, page, &page.partners));
    let scheduled = scheduled(text, page);
    if forms.is_empty() {
        return view! { {scheduled} <p>{why_nothing(text, page)}</p> }.into_any();
    }
    view! { {scheduled} <section class="steps">{forms}</section> }.into_any()
}

fn why_nothing(text: Text, page: &Review) -> String {
    let key = if page.facts.changed_this_version && page.case.working_state == Some(WorkingState::Submitted) {
        "review-you-changed-it"
    } else if page.facts.submitted_this_version {
        "review-you-submitted-it"
    } else {
        "review-no-step"
    };
    text.say(key)
}

/// When it will be published, or why it was not.
fn scheduled(text: Text, page: &Review) -> AnyView {
    let Some(schedule) = &page.schedule else { return ().into_any() };
    let when = moment(text, &schedule.due);
    let said = text.with("schedule-stands", &[("when", when.into()), ("who", (&schedule.by).into())]);
    let off = schedule
        .taken_off
        .map(|why| view! { <p class="error">{text.say(&format!("taken-off-{}", why.slug()))}</p> });
    view! {
        <p>{said}</p>
        {off}
    }
    .into_any()
}

/// The form that sets a time.
fn at_a_time(text: Text, page: &Review) -> AnyView {
    let input = |name: &str, most| {
        page.filled(Field::new(name, text.say(&format!("schedule-{name}"))).control(Control::Short(most)))
    };
    let inputs = vec![field(text, input("day", 12)), field(text, input("time", 8))];
    step(text, page, "schedule", Weight::Plain, None, inputs)
}

/// The form that marks an incident as disputed, or takes the mark off.
fn dispute(text: Text, page: &Review) -> AnyView {
    if page.is_disputed {
        return step(
            text,
            page,
            "lift-dispute",
            Weight::Plain,
            Some("review-reason-lift-dispute"),
            Vec::new(),
        );
    }
    let by = page.filled(Field::new("said_by", text.say("review-disputed-by")));
    let inputs = vec![field(text, by)];
    step(text, page, "dispute", Weight::Plain, Some("review-reason-dispute"), inputs)
}

fn step(
    text: Text,
    page: &Review,
    step: &str,
    weight: Weight,
    reason: Option<&str>,
    inputs: Vec<AnyView>,
) -> AnyView {
    // Several steps stand on one page, so each reason's control needs an id of its own.
    let reason = reason.map(|key| {
        let input = Field::new(format!("reason.{step}"), text.say(key)).control(Control::Lines(2));
        field(text, page.filled(input))
    });
    view! {
        <form method="post" action=format!("/desk/cases/{}/{step}", page.case.id)>
            <h2>{text.say(&format!("step-{step}"))}</h2>
            <p>{text.say(&format!("step-{step}-explained"))}</p>
            {hidden("seen", &page.seen)}
            {hidden("member", &page.member.id)}
            {inputs}
            {reason}
            {button(text.say(&format!("step-{step}-button")), "", "", weight)}
        </form>
    }
    .into_any()
}

impl Review {
    /// A field with what was typed into it and refused, and why.
    fn filled(&self, field: Field) -> Field {
        let name = field.name.clone();
        field.value(self.typed.get(&name).cloned().unwrap_or_default()).error(error_of(&self.errors, &name))
    }
}
