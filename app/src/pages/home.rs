//! `/`: what this is, a way to a country, what is newest, how to read the marks.

use domain::country::CountryCode;
use leptos::prelude::*;
use store::record::{Edition, IncidentFilter, Record};

use super::{LoadError, PageContext, countries};
use crate::components::incident::{Entry, entries};
use crate::components::part::{empty, link, note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::{legend, teach};
use crate::reading::{Reading, actions_always_named};

/// How many incidents and editions the page names.
const NEWEST: i64 = 5;

/// What the page shows.
#[derive(Debug)]
pub struct HomePage {
    /// How many incidents are on record, of every bearing.
    pub incidents: i64,
    /// How many instruments.
    pub treaties: usize,
    /// The newest by their day.
    pub newest: Vec<Entry>,
    /// The countries with most incidents on record that they are answerable for; not the ones with most incidents.
    pub countries: Vec<(CountryCode, String)>,
    /// The newest editions.
    pub editions: Vec<Edition>,
}

/// Reads the first page.
pub async fn load(record: &Record, context: &PageContext) -> Result<HomePage, LoadError> {
    let reading = Reading::of(record).await?;
    let newest = IncidentFilter {
        bearing: Some(domain::incident::Bearing::AllegedMisuse),
        limit: NEWEST,
        ..IncidentFilter::default()
    };
    let lines = record.incidents(&newest).await?;
    let actions = actions_always_named(record).await?;
    let counted = record.incident_counts_by_country().await?;
    let mut countries: Vec<(CountryCode, String)> = counted
        .iter()
        .filter(|(_, count)| count.answerable > 0)
        .map(|(code, _)| (*code, reading.names.of(*code)))
        .collect();
    countries.sort_by(|a, b| a.1.cmp(&b.1));
    let relation =
        |incident: &domain::incident::Incident| super::incidents::answerable(context, &reading, incident);
    Ok(HomePage {
        incidents: record.incident_count(&IncidentFilter::default()).await?,
        treaties: reading.treaties.len(),
        newest: reading.entries(context, &lines, &actions, relation),
        countries,
        editions: record.editions(None, NEWEST).await?,
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
                ("incidents", page.incidents.into()),
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
