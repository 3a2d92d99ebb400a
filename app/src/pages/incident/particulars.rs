//! What only some kinds of incident have. What a kind asks for and nobody recorded is said to be so; what it does not
//! ask for stands here only where it is recorded.

use domain::incident::{Incident, Person, SOMETIMES, Side, Stage, fields_for};
use leptos::prelude::*;
use text::Text;

use super::Published;
use crate::components::facts::Fact;
use crate::components::part::{bullets, link};
use crate::context::PageContext;
use crate::words::{self, days};

/// The facts, in the order of the form.
pub(super) fn rows(page: &Published, context: &PageContext) -> Vec<Fact> {
    let text = context.text;
    let incident = &page.public.incident;
    let asked = fields_for(incident.kind);
    let fact = |field: &&str| {
        // An authority stands beside its state, an article beside its law.
        let name = match *field {
            "requesting_state" => "incident-requesting".to_owned(),
            "requested_state" => "incident-requested".to_owned(),
            "requesting_authority" | "requested_authority" | "article" => return None,
            field => format!("incident-{}", field.replace('_', "-")),
        };
        match recorded(field, page, context) {
            Some(value) => Some(Fact::new(text.say(&name), value)),
            None if asked.contains(field) => Some(Fact::unknown(text.say(&name), text.say("not-recorded"))),
            None => None,
        }
    };
    SOMETIMES.iter().filter_map(fact).collect()
}

/// What is recorded of a field.
fn recorded(field: &str, page: &Published, context: &PageContext) -> Option<AnyView> {
    let text = context.text;
    let incident = &page.public.incident;
    let some = &incident.particulars;
    let words = |words: String| (!words.is_empty()).then(|| words.into_any());
    let time = |time: domain::incident::TimeOfDay| {
        text.with("incident-time-there", &[("time", time.to_string().into())]).into_any()
    };
    match field {
        "start_time" => some.start_time.map(time),
        "end_time" => some.end_time.map(time),
        "extent" => some.extent.map(|extent| words::term(text, "extent", extent.slug()).into_any()),
        "services" => words(incident.services.join(", ")),
        "networks" => words(incident.networks.join(", ")),
        "aimed_at" => words(some.aimed_at.join(", ")),
        "people_affected" => words(incident.people_affected.clone()),
        "channel" => some.channel.map(|channel| words::term(text, "channel", channel.slug()).into_any()),
        "requesting_state" => side(&some.requesting, page, context),
        "requested_state" => side(&some.requested, page, context),
        "provider" => words(some.provider.clone()),
        "targets" => words(some.targets.join(", ")),
        "persons" => list(some.persons.iter().map(|one| person(text, one)).collect()),
        "stages" => list(some.stages.iter().map(|one| stage(text, one)).collect()),
        "law" => words(law(text, incident)),
        _ => None,
    }
}

fn list(lines: Vec<String>) -> Option<AnyView> {
    (!lines.is_empty()).then(|| bullets(lines))
}

fn side(side: &Side, page: &Published, context: &PageContext) -> Option<AnyView> {
    let state = side
        .state
        .map(|code| link(context.link(&format!("/countries/{}", code.slug())), page.reading.names.of(code)));
    let authority = (!side.authority.is_empty()).then(|| side.authority.clone());
    let joint = (state.is_some() && authority.is_some()).then_some(", ");
    (*side != Side::default()).then(|| view! { <span>{state} {joint} {authority}</span> }.into_any())
}

/// A role, how many, and a name where one may stand.
fn person(text: Text, person: &Person) -> String {
    let role = words::term(text, "person-role", person.role.slug());
    let role = match person.number {
        Some(number) => text
            .with("incident-persons-number", &[("role", role.into()), ("number", i64::from(number).into())]),
        None => role,
    };
    if person.name.is_empty() { role } else { format!("{role}: {}", person.name) }
}

fn stage(text: Text, stage: &Stage) -> String {
    let name = words::term(text, "stage", stage.stage.slug());
    let when = stage.date.map_or_else(|| text.say("day-unknown"), |date| days::partial(text, date));
    let dated = text.with("incident-stage", &[("stage", name.into()), ("when", when.into())]);
    if stage.note.is_empty() { dated } else { format!("{dated}: {}", stage.note) }
}

fn law(text: Text, incident: &Incident) -> String {
    match (incident.law.is_empty(), incident.article.is_empty()) {
        (false, false) => text.with(
            "incident-law-article",
            &[("law", (&incident.law).into()), ("article", (&incident.article).into())],
        ),
        (true, _) => incident.article.clone(),
        (false, true) => incident.law.clone(),
    }
}
