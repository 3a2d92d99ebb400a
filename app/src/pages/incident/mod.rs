//! `/incidents/{reference}`: one incident, whole, with what bound whom on its day; or what stands in its place when it
//! was retracted, is withheld, or was erased.

mod analysis;
mod evidence;
mod gone;
mod particulars;
mod replies;
mod view;

use domain::country::CountryCode;
use domain::incident::TreatyLink;
use domain::treaty::TreatyAction;
use store::record::{IncidentAnswer, IncidentFilter, PublicIncident, Record, Retracted};

use super::{LoadError, PageContext};
use crate::components::beside::Beside;
use crate::components::incident::address;
use crate::reading::Reading;
use crate::words;
use crate::words::on_day::OnDay;

pub use view::render;

/// What stands at an incident's address.
#[derive(Debug)]
pub enum IncidentPage {
    /// The incident.
    Published(Box<Published>),
    /// Taken back: the reason, and where its content was.
    Retracted(Retracted),
    /// Withheld pending review.
    Withheld(String),
    /// Erased for good: answered with 410.
    Erased(String),
}

/// A published incident with everything its page computes.
#[derive(Debug)]
pub struct Published {
    /// As stored.
    pub public: PublicIncident,
    /// Names of countries.
    pub reading: Reading,
    /// Standing of each answerable state on its day.
    pub standings: Vec<(CountryCode, Vec<OnDay>)>,
    /// Treaty links, each with the standing beside it.
    pub links: Vec<Link>,
}

/// A treaty link and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The link.
    pub link: TreatyLink,
    /// The treaty's short title.
    pub treaty: String,
    /// For each answerable state: its name, standing on the day, reservation, derogation.
    pub beside: Vec<Beside>,
}

/// Reads what stands at an incident's address.
pub async fn load(
    record: &Record,
    context: &PageContext,
    reference: &str,
) -> Result<IncidentPage, LoadError> {
    let Some(answer) = record.incident(reference).await? else {
        return Err(LoadError::near(near(record, context, reference).await?));
    };
    let public = match answer {
        IncidentAnswer::Published(public) => *public,
        IncidentAnswer::Retracted(retracted) => return Ok(IncidentPage::Retracted(retracted)),
        IncidentAnswer::Withheld => return Ok(IncidentPage::Withheld(reference.to_owned())),
        IncidentAnswer::Erased => return Ok(IncidentPage::Erased(reference.to_owned())),
    };
    let reading = Reading::of(record).await?;
    let mut actions = Vec::new();
    for state in public.incident.answerable() {
        actions.push((state, record.actions_of_country(state).await?));
    }
    Ok(IncidentPage::Published(Box::new(of(context, reading, public, &actions))))
}

/// The page of an incident and its answerable states' actions.
pub fn of(
    context: &PageContext,
    reading: Reading,
    public: PublicIncident,
    actions: &[(CountryCode, Vec<TreatyAction>)],
) -> Published {
    let incident = &public.incident;
    let standings: Vec<(CountryCode, Vec<OnDay>)> = actions
        .iter()
        .map(|(state, actions)| (*state, reading.standings(context, incident, *state, actions)))
        .collect();
    let links = incident
        .analysis
        .links
        .iter()
        .map(|link| {
            let slug = link.treaty.as_str();
            let treaty = reading.treaty(slug);
            let beside = actions.iter().filter_map(|(state, actions)| {
                let (country, when) = (reading.country(*state)?, incident.into());
                Some(Beside::new(
                    context.text,
                    when,
                    Some(&link.provision),
                    treaty?,
                    country,
                    actions,
                    &reading,
                ))
            });
            Link {
                link: link.clone(),
                treaty: treaty.map_or_else(|| slug.to_owned(), |t| t.short_title.clone()),
                beside: beside.collect(),
            }
        })
        .collect();
    Published { standings, links, reading, public }
}

/// Incidents of the year that a reference names, the nearest numbers first.
async fn near(
    record: &Record,
    context: &PageContext,
    reference: &str,
) -> Result<Vec<(String, String)>, LoadError> {
    let mut parts = reference.split('-').skip(1);
    let Some(year) = parts.next().and_then(|year| year.parse::<i16>().ok()) else {
        return Ok(Vec::new());
    };
    let number: i64 = parts.next().and_then(|number| number.parse().ok()).unwrap_or(0);
    let filter = IncidentFilter { year: Some(year), limit: 200, ..IncidentFilter::default() };
    let of = |reference: &str| -> i64 {
        reference.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(i64::MAX)
    };
    let mut lines = record.incidents(&filter).await?;
    lines.sort_by_key(|line| of(&line.reference).abs_diff(number));
    Ok(lines
        .into_iter()
        .take(5)
        .map(|line| {
            (
                format!("{}: {}", line.reference, words::title(context.text, &line.incident)),
                address(&line.reference),
            )
        })
        .collect())
}
