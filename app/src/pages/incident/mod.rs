//! `/incidents/{reference}`: one incident, whole, with what bound whom on its day; or what stands in its place when it
//! was retracted, is withheld, or was erased.

mod analysis;
mod evidence;
mod gone;
mod particulars;
mod replies;
mod view;

use domain::country::CountryCode;
use domain::incident::{Incident, TreatyLink};
use domain::standing::{Status, standing_over};
use domain::treaty::{ActionKind, TreatyAction};
use store::record::{IncidentAnswer, IncidentFilter, PublicIncident, Record, Retracted};

use super::{LoadError, PageContext};
use crate::components::incident::address;
use crate::reading::Reading;
use crate::words;
use crate::words::days;
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

/// What bound one state on the day, for a treaty link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The state.
    pub state: String,
    /// Its standing on the day.
    pub on_day: OnDay,
    /// The treaty was in force for it on no day that the incident can have touched.
    pub surely_not_in_force: bool,
    /// Reservation or declaration on that provision, in words.
    pub reservation: String,
    /// Derogation on that day, in words.
    pub derogation: String,
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
            let beside = standings.iter().zip(actions).filter_map(|((state, all), (_, actions))| {
                let on_day = all.iter().find(|one| one.slug == slug)?.clone();
                let under: Vec<&TreatyAction> =
                    actions.iter().filter(|a| a.used && a.treaty == link.treaty).collect();
                Some(Beside {
                    state: reading.names.of(*state),
                    surely_not_in_force: surely_not_in_force(&reading, incident, link, *state, actions),
                    on_day,
                    reservation: reservation(context, incident, link, &under),
                    derogation: derogation(context, incident, &under),
                })
            });
            Link {
                link: link.clone(),
                treaty: reading.treaty(slug).map_or_else(|| slug.to_owned(), |t| t.short_title.clone()),
                beside: beside.collect(),
            }
        })
        .collect();
    Published { standings, links, reading, public }
}

/// On every day from its first possible one to its last the record proves a status that binds nobody.
fn surely_not_in_force(
    reading: &Reading,
    incident: &Incident,
    link: &TreatyLink,
    state: CountryCode,
    actions: &[TreatyAction],
) -> bool {
    let (Some(treaty), Some(country)) = (reading.treaty(link.treaty.as_str()), reading.country(state)) else {
        return false;
    };
    let (first, last) = (incident.start.first(), incident.last_day());
    let binds_nobody = |status: Status| {
        !matches!(
            status,
            Status::Party | Status::ByExtension | Status::ProvisionallyApplying | Status::Addressed
        )
    };
    standing_over(treaty, country, &reading.groups, actions, first, last)
        .iter()
        .all(|segment| segment.standing.plain().is_some_and(binds_nobody))
}

/// A reservation or declaration that touches the link's provision and was made by that day.
fn reservation(
    context: &PageContext,
    incident: &Incident,
    link: &TreatyLink,
    actions: &[&TreatyAction],
) -> String {
    let text = context.text;
    let article = link.provision.article();
    let touches = |a: &&&TreatyAction| {
        matches!(a.kind, ActionKind::Reservation | ActionKind::Declaration)
            && !a.done.surely_after(incident.last_day())
            && a.provisions.split(';').any(|touched| touched.trim().split('(').next() == Some(article))
    };
    let found: Vec<String> = actions
        .iter()
        .filter(touches)
        .map(|a| {
            let kind = words::term(text, "action", a.kind.slug());
            let when = days::bounds(text, a.done);
            let line = text.with("act-line", &[("kind", kind.into()), ("when", when.into())]);
            if a.text.is_empty() {
                line
            } else {
                text.with("link-reservation-text", &[("line", line.into()), ("text", (&a.text).into())])
            }
        })
        .collect();
    if found.is_empty() { text.say("link-reservation-none") } else { words::clauses(text, found) }
}

/// A derogation notified by that day. That none is on record says nothing: no list of them is complete.
fn derogation(context: &PageContext, incident: &Incident, actions: &[&TreatyAction]) -> String {
    let text = context.text;
    let day = incident.start.last();
    let made = |kind: ActionKind| {
        actions
            .iter()
            .filter(move |a| a.kind == kind && a.done.surely_by(day))
            .max_by_key(|a| a.done.not_after)
    };
    let end = made(ActionKind::DerogationEnd).and_then(|a| a.done.not_after);
    match made(ActionKind::Derogation) {
        Some(a) if end.is_none_or(|end| Some(end) < a.done.not_after) => text.with(
            "link-derogation-notified",
            &[("when", days::bounds(text, a.done).into()), ("provisions", (&a.provisions).into())],
        ),
        _ => text.say("link-derogation-not-recorded"),
    }
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
