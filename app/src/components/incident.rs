//! Incidents in lists: date, kind, what it is shown as, standing on that day, grade; one entry each.

use domain::incident::{Bearing, Incident, Provenance};
use leptos::prelude::*;
use store::record::IncidentLine;

use super::part::note;
use super::standing::on_that_day;
use crate::context::PageContext;
use crate::words::on_day::OnDay;
use crate::words::{self, days};

/// One entry of a list of incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `TW-2016-0001`.
    pub reference: String,
    /// What happened, in one line.
    pub title: String,
    /// When, as precisely as known.
    pub when: String,
    /// The same for machines.
    pub datetime: String,
    /// The kind's shape and word.
    pub kind: (&'static str, String),
    /// The bearing's word, where the list does not say it already.
    pub bearing: Option<String>,
    /// Where it happened.
    pub place: String,
    /// "Answerable: …" or "Happened here", for a country's list; whose answer it is, for all.
    pub relation: String,
    /// The states answerable, with their standing on that day. Empty where nobody is answerable.
    pub standings: Vec<(String, Vec<OnDay>)>,
    /// The grade of "it happened", in words.
    pub grade: String,
    /// From the starter record.
    pub starter: bool,
    /// Somebody disputes it.
    pub is_disputed: bool,
}

impl Entry {
    /// Of a line of the record. `place` and `relation` are the list's business.
    pub fn new(context: &PageContext, line: &IncidentLine, place: String, relation: String) -> Self {
        let (text, incident) = (context.text, &line.incident);
        Self {
            reference: line.reference.clone(),
            title: words::title(text, incident),
            when: days::span(text, incident.start, incident.end, incident.ongoing),
            datetime: incident.start.to_string(),
            kind: (incident.kind.shape(), words::kind(text, incident.kind)),
            bearing: (incident.bearing != Bearing::AllegedMisuse)
                .then(|| words::bearing(text, incident.bearing)),
            place,
            relation,
            standings: Vec::new(),
            grade: grade(context, incident),
            starter: incident.provenance == Provenance::Starter,
            is_disputed: line.is_disputed,
        }
    }
}

/// The grade of "it happened". The record holds none yet; nothing is graded by being published.
pub fn grade(context: &PageContext, _incident: &Incident) -> String {
    context.text.say("grade-not-graded")
}

/// The address of an incident's page.
pub fn address(reference: &str) -> String {
    format!("/incidents/{reference}")
}

/// The list. Where all of it is from the starter record one line says so, where only some of it is, these do.
pub fn entries(context: &PageContext, entries: &[Entry]) -> AnyView {
    let all_starter = !entries.is_empty() && entries.iter().all(|entry| entry.starter);
    let items: Vec<AnyView> = entries.iter().map(|entry| one(context, entry.clone(), all_starter)).collect();
    let starter = all_starter.then(|| note(context.text.say("starter-note")));
    view! {
        <ol class="incidents" role="list">
            {items}
        </ol>
        {starter}
    }
    .into_any()
}

fn one(context: &PageContext, entry: Entry, starter_is_said: bool) -> AnyView {
    let text = context.text;
    let starter =
        (entry.starter && !starter_is_said).then(|| view! { <span>{text.say("entry-starter")}</span> });
    let href = context.link(&address(&entry.reference));
    let several = entry.standings.len() > 1;
    let standings: Vec<AnyView> = entry
        .standings
        .into_iter()
        .filter(|(_, on_day)| !on_day.is_empty())
        .map(|(state, on_day)| {
            let lead = if several {
                text.with("entry-on-that-day-for", &[("state", state.into())])
            } else {
                text.say("entry-on-that-day")
            };
            on_that_day(lead, &on_day)
        })
        .collect();
    let (shape, kind) = entry.kind;
    let bearing = entry.bearing.map(|word| view! { <span>{word}</span> });
    let disputed =
        entry.is_disputed.then(|| view! { <span class="mark">{text.say("entry-disputed")}</span> });
    let place = (!entry.place.is_empty()).then(|| view! { <span dir="auto">{entry.place}</span> });
    view! {
        <li>
            <p class="when">
                <time datetime=entry.datetime>{entry.when}</time>
            </p>
            <div class="what">
                <h3 class="title" dir="auto">
                    <a href=href>{entry.title}</a>
                </h3>
                <p class="kind">
                    <span>
                        <span class="shape" aria-hidden="true">{shape}</span>
                        " "
                        {kind}
                    </span>
                    {bearing}
                    {disputed}
                    {place}
                    <span>{entry.relation}</span>
                </p>
                {standings}
                <p class="small">
                    <span>{text.with("entry-grade", &[("grade", entry.grade.into())])}</span>
                    <span class="reference">{entry.reference}</span>
                    {starter}
                </p>
            </div>
        </li>
    }
    .into_any()
}
