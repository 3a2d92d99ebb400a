//! `/`: what this is, a way to a country, what is newest, how to read the marks.

use domain::country::CountryCode;
use domain::incident::{Bearing, Incident, Kind};
use leptos::prelude::*;
use store::record::{Edition, IncidentFilter, Record};

use super::{LoadError, PageContext, countries};
use crate::components::incident::{Entry, entries};
use crate::components::part::{empty, link, note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, teach};
use crate::reading::{Reading, actions_always_named};

/// How many incidents and editions the page names.
const NEWEST: usize = 5;

/// What the page shows.
#[derive(Debug)]
pub struct HomePage {
    /// How many incidents enter counts.
    pub counted: usize,
    /// How many laws and drafts are on record, which enter none.
    pub laws: usize,
    /// How many other entries enter none: other bearings, and those that nobody is said to be answerable for.
    pub others: usize,
    /// How many instruments.
    pub treaties: usize,
    /// The newest by their day.
    pub newest: Vec<Entry>,
    /// The states said to be answerable for an incident that counts, by name.
    pub countries: Vec<(CountryCode, String)>,
    /// The newest editions.
    pub editions: Vec<Edition>,
}

/// Reads the first page.
pub async fn load(record: &Record, context: &PageContext) -> Result<HomePage, LoadError> {
    let reading = Reading::of(record).await?;
    let mut lines = record.incidents(&IncidentFilter::default()).await?;
    let all = lines.len();
    let counted = lines.iter().filter(|line| line.incident.counts()).count();
    let laws = lines.iter().filter(|line| line.incident.kind == Kind::LawOrDraft).count();
    lines.retain(|line| line.incident.bearing == Bearing::AllegedMisuse);
    lines.truncate(NEWEST);
    let actions = actions_always_named(record).await?;
    let by_country = record.incident_counts_by_country().await?;
    let mut countries: Vec<(CountryCode, String)> = by_country
        .iter()
        .filter(|(_, count)| count.answerable > 0)
        .map(|(code, _)| (*code, reading.names.of(*code)))
        .collect();
    countries.sort_by(|a, b| a.1.cmp(&b.1));
    let relation = |incident: &Incident| super::incidents::answerable(context, &reading, incident);
    Ok(HomePage {
        counted,
        laws,
        others: all.saturating_sub(counted + laws),
        treaties: reading.treaties.len(),
        newest: reading.entries(context, &lines, &actions, relation),
        countries,
        editions: record.editions(None, NEWEST as i64).await?,
    })
}

/// The whole document.
pub fn render(page: &HomePage, context: &PageContext) -> String {
    let text = context.text;
    let head = PageHead::new(text.say("site-name"), text.say("home-description"));
    shell(context, head, || {
        let counts = text.with(
            "home-counts",
            &[
                ("counted", page.counted.into()),
                ("laws", page.laws.into()),
                ("others", page.others.into()),
                ("treaties", page.treaties.into()),
                ("edition", context.edition.to_string().into()),
            ],
        );
        let newest = if page.newest.is_empty() {
            empty(text.say("home-no-incident"))
        } else {
            view! {
                {note(text.say("incidents-examples"))}
                {entries(context, &page.newest)}
                <p class="pages">{link(context.link("/incidents"), text.say("home-all-incidents"))}</p>
                {teach(text)}
                {legend(text)}
            }
            .into_any()
        };
        view! {
            <div class="title-block home">
                <h1>{text.say("home-title")}</h1>
                <p class="summary">{text.say("home-description")}</p>
                {countries::find_form(context, "")}
                {note(counts)}
            </div>
            {part("newest", text.say("home-newest"), newest)}
            {part(
                "countries",
                text.say("home-countries"),
                view! {
                    {note(text.say("home-countries-note"))}
                    {countries::links(context, &page.countries)}
                    <p class="pages">{link(context.link("/countries"), text.say("home-all-countries"))}</p>
                },
            )}
            {part(
                "how",
                text.say("home-how"),
                view! {
                    <p>{text.say("home-how-1")}</p>
                    <p>{text.say("home-how-2")}</p>
                    <p>{link(context.plain_link("/methodology"), text.say("home-how-link"))}</p>
                },
            )}
            {part("changes", text.say("home-changes"), super::changes::list(context, &page.editions))}
        }
    })
}
