//! `/countries/{iso3}`: what a journalist needs minutes before a deadline. Findings first; then other bearings apart,
//! what merely happened here, the timeline, treaties, indicators, what is not known, how to quote.

mod sentence;
mod unknown;
mod view;

use domain::Day;
use domain::country::{Country, CountryCode, CountryKind, Gazetteer};
use domain::error::Problem;
use domain::incident::{Bearing, Kind};
use domain::indicator::{Coverage, Observation};
use domain::standing::{Standing, Status, standing};
use domain::treaty::{ActionKind, Treaty, TreatyAction};
use store::record::{IncidentLine, Record, Release};

use super::{LoadError, PageContext};
use crate::components::incident::Entry;
use crate::figures::{self, IndicatorAsk};
use crate::reading::Reading;
use crate::words;
use crate::words::standing::{Marked, full};

pub use view::render;

/// What the page shows, ready to be rendered.
#[derive(Debug)]
pub struct CountryPage {
    /// The country.
    pub country: Country,
    /// Its name inside a sentence.
    pub in_sentence: String,
    /// What is known, in one sentence without its full stop, beginning in lower case.
    pub sentence: String,
    /// Alleged misuse for which the country is said to be answerable, newest first.
    pub findings: Vec<Entry>,
    /// Remedies, comparisons, proposals and so on, each under its own heading (heading, what it means, entries).
    pub others: Vec<(String, String, Vec<Entry>)>,
    /// What happened here and another state, or nobody, is said to be answerable for.
    pub happened_here: Vec<Entry>,
    /// Somebody declares to watch it.
    pub is_watched: bool,
    /// Treaty actions and incidents on one axis.
    pub timeline: charts::Figure,
    /// Treaties with something on record.
    pub treaties: Vec<TreatyRow>,
    /// Treaties with nothing on record, by name.
    pub no_record: Vec<String>,
    /// Treaties with nothing on record since the day to which their list is complete, when it was not a party: what
    /// is said of it, and the treaties.
    pub not_then: Vec<(String, Vec<String>)>,
    /// Treaties that are not open to it, did not exist yet and so on: the status, and those it holds for.
    pub closed: Vec<(String, Vec<String>)>,
    /// Indicators with a value.
    pub indicators: Vec<(String, charts::Figure)>,
    /// Key dates ahead.
    pub ahead: Vec<(Day, String)>,
    /// What is not known.
    pub unknown: Vec<String>,
    /// How the country is watched.
    pub watched: Vec<String>,
}

/// A treaty's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatyRow {
    /// Its slug.
    pub slug: String,
    /// Its short title.
    pub name: String,
    /// Standing today, with the days that prove it.
    pub standing: Marked,
    /// Acts on record, in words.
    pub acts: Vec<Act>,
    /// Reservations, declarations, derogations and other statements.
    pub statements: Vec<Act>,
}

/// An act or a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// "Accession".
    pub kind: String,
    /// "30 November 2022".
    pub when: String,
    /// The provisions touched.
    pub provisions: String,
    /// The text, an excerpt or a summary.
    pub text: String,
    /// Not checked against an official source yet.
    pub unchecked: bool,
}

/// Reads the record for a country's page.
pub async fn load(
    record: &Record,
    context: &PageContext,
    code: CountryCode,
) -> Result<CountryPage, LoadError> {
    let reading = Reading::of(record).await?;
    let Some(country) = reading.country(code).cloned() else {
        return Err(LoadError::near(near(&reading.countries, code.as_str())));
    };
    let actions = record.actions_of_country(code).await?;
    let incidents = figures::of_country(record, code).await?;
    let coverage = record.coverage().await?;
    let mut observed = Vec::new();
    for release in record.indicators().await? {
        let observations = record.observations(&release.id, &[code]).await?;
        observed.push((release, observations));
    }
    Ok(of(context, &Facts { reading, country, actions, incidents, coverage, observed }))
}

/// The countries whose names or codes are near what was asked for, with their addresses.
pub fn near(countries: &[Country], typed: &str) -> Vec<(String, String)> {
    let Err(Problem::UnknownCountry { near, .. }) = Gazetteer::new(countries).find(typed) else {
        return Vec::new();
    };
    near.iter()
        .filter_map(|name| countries.iter().find(|c| c.name == *name))
        .map(|c| (c.name.clone(), format!("/countries/{}", c.code.slug())))
        .collect()
}

/// Everything the page is made of, as read.
#[derive(Debug)]
pub struct Facts {
    /// Countries, treaties, groups.
    pub reading: Reading,
    /// The country.
    pub country: Country,
    /// Its actions, settled.
    pub actions: Vec<TreatyAction>,
    /// The incidents that list it.
    pub incidents: Vec<IncidentLine>,
    /// What sources of incidents declare to watch.
    pub coverage: Vec<Coverage>,
    /// Each indicator with the country's values.
    pub observed: Vec<(Release, Vec<Observation>)>,
}

/// The page of these facts: the whole of what it says is computed here.
pub fn of(context: &PageContext, facts: &Facts) -> CountryPage {
    let text = context.text;
    let Facts { reading, country, actions, incidents, coverage, .. } = facts;
    let code = country.code;
    let today: Vec<(&Treaty, Standing)> = reading
        .treaties
        .iter()
        .map(|t| (t, standing(t, country, &reading.groups, actions, context.today)))
        .collect();
    let entries = |keep: &dyn Fn(&IncidentLine) -> bool| -> Vec<Entry> {
        incidents.iter().filter(|line| keep(line)).map(|line| entry(context, facts, line)).collect()
    };
    let answerable = |line: &IncidentLine| line.incident.attribution_of(code).is_some();
    let is_law = |line: &IncidentLine| line.incident.kind == Kind::LawOrDraft;
    let alleged = |line: &IncidentLine| line.incident.bearing == Bearing::AllegedMisuse;
    let others =
        [Bearing::Remedy, Bearing::Comparison, Bearing::Proposal, Bearing::NotCarriedOut].map(|bearing| {
            (
                text.say(&format!("country-bearing-{}", bearing.slug())),
                text.say(&format!("bearing-note-{}", bearing.slug())),
                entries(&|line| answerable(line) && line.incident.bearing == bearing),
            )
        });
    let laws = (
        text.say("country-laws"),
        text.say("country-laws-note"),
        entries(&|line| answerable(line) && alleged(line) && is_law(line)),
    );
    let findings = entries(&|line| answerable(line) && alleged(line) && !is_law(line));
    let rows = treaty_rows(context, facts, &today);
    CountryPage {
        in_sentence: reading.names.in_sentence(text, code),
        sentence: sentence::of(context, facts, &today),
        findings,
        others: others.into_iter().chain([laws]).filter(|(_, _, list)| !list.is_empty()).collect(),
        happened_here: entries(&|line| !answerable(line)),
        is_watched: coverage.iter().any(|c| c.countries.contains(&code)),
        timeline: figures::timeline_figure(context, reading, code, actions, incidents, coverage),
        treaties: rows.rows,
        no_record: rows.no_record,
        not_then: rows.not_then,
        closed: rows.closed,
        indicators: indicator_figures(context, facts),
        ahead: ahead(context, facts, &today),
        unknown: unknown::unknown(context, facts, &today),
        watched: unknown::watched(context, facts),
        country: country.clone(),
    }
}

fn entry(context: &PageContext, facts: &Facts, line: &IncidentLine) -> Entry {
    let Facts { reading, country, actions, .. } = facts;
    let incident = &line.incident;
    let elsewhere: Vec<CountryCode> =
        incident.places.iter().copied().filter(|place| *place != country.code).collect();
    let place = match (incident.place_name.is_empty(), elsewhere.is_empty()) {
        (false, _) => incident.place_name.clone(),
        (true, false) => reading.names.list(context.text, &elsewhere),
        (true, true) => String::new(),
    };
    let relation = words::relation_of(context.text, &reading.names, incident, country.code);
    let mut entry = Entry::new(context, line, place, relation);
    if incident.attribution_of(country.code).is_some() {
        // The heading says what they are shown as.
        entry.bearing = None;
        let standings = reading.standings(context, incident, country.code, actions);
        entry.standings =
            vec![(reading.names.of(country.code), Reading::named_in_lines(incident, standings))];
    }
    entry
}

/// Treaties with something on record; those with nothing, or nothing since some day; those closed to the country.
#[derive(Default)]
struct Rows {
    rows: Vec<TreatyRow>,
    no_record: Vec<String>,
    not_then: Vec<(String, Vec<String>)>,
    closed: Vec<(String, Vec<String>)>,
}

fn treaty_rows(context: &PageContext, facts: &Facts, today: &[(&Treaty, Standing)]) -> Rows {
    let text = context.text;
    let Facts { reading, actions, .. } = facts;
    let mut all = Rows::default();
    let file = |lists: &mut Vec<(String, Vec<String>)>, said: String, treaty: &Treaty| match lists
        .iter_mut()
        .find(|(known, _)| *known == said)
    {
        Some((_, treaties)) => treaties.push(treaty.short_title.clone()),
        None => lists.push((said, vec![treaty.short_title.clone()])),
    };
    for (treaty, standing) in today {
        let mut said = full(text, standing, &reading.names);
        let own: Vec<&TreatyAction> = actions.iter().filter(|a| a.used && a.treaty == treaty.slug).collect();
        let not_then = standing.is_no_record().then(|| not_a_party_then(context, facts, treaty)).flatten();
        if standing.is_no_record() && own.is_empty() {
            match not_then {
                Some(words) => file(&mut all.not_then, words, treaty),
                None => all.no_record.push(treaty.short_title.clone()),
            }
        } else if standing.mark() == "–" {
            file(&mut all.closed, said.words, treaty);
        } else {
            said.words = not_then.unwrap_or(said.words);
            let act = |a: &&TreatyAction| Act {
                kind: words::term(text, "action", a.kind.slug()),
                when: words::days::bounds(text, a.done),
                provisions: a.provisions.clone(),
                text: a.text.clone(),
                unchecked: !a.checked,
            };
            let is_act = |a: &&&TreatyAction| !words::is_statement(a.kind);
            all.rows.push(TreatyRow {
                slug: treaty.slug.to_string(),
                name: treaty.short_title.clone(),
                standing: said,
                acts: own.iter().filter(is_act).map(act).collect(),
                statements: own.iter().filter(|a| !is_act(a)).map(act).collect(),
            });
        }
    }
    all
}

/// "not a party on 28 February 2015; since then not recorded", where a list that is complete to that day proves it.
fn not_a_party_then(context: &PageContext, facts: &Facts, treaty: &Treaty) -> Option<String> {
    let Facts { reading, country, actions, .. } = facts;
    let day = treaty.list.joining_complete_to.filter(|day| *day < context.today)?;
    let then = standing(treaty, country, &reading.groups, actions, day).plain();
    (then == Some(Status::NotAParty))
        .then(|| context.text.with("standing-not-then", &[("day", context.text.day(day).into())]))
}

fn indicator_figures(context: &PageContext, facts: &Facts) -> Vec<(String, charts::Figure)> {
    let Facts { reading, country, actions, incidents, observed, .. } = facts;
    observed
        .iter()
        .filter(|(_, observations)| !observations.is_empty())
        .map(|(release, observations)| {
            let marks = figures::marks(context, &reading.treaties, actions, incidents, country.code, false);
            let code = release.indicator.code.clone();
            let ask = IndicatorAsk { code: code.clone(), ..IndicatorAsk::default() };
            let shown = [country.code];
            let figure = figures::indicator_figure(
                context,
                &reading.names,
                release,
                &shown,
                observations,
                marks,
                &ask,
            );
            (code, figure)
        })
        .collect()
}

/// Days to come that the record knows of: entries into force, denunciations taking effect, the last day to sign.
fn ahead(context: &PageContext, facts: &Facts, today: &[(&Treaty, Standing)]) -> Vec<(Day, String)> {
    let text = context.text;
    let mut ahead = Vec::new();
    for (treaty, standing) in today {
        let name = |key: &str| text.with(key, &[("treaty", (&treaty.short_title).into())]);
        let own = facts.actions.iter().filter(|a| a.used && a.checked && a.treaty == treaty.slug);
        for action in own.clone() {
            let Some(day) = action.effect.bounds().exact().filter(|day| *day > context.today) else {
                continue;
            };
            if action.kind == ActionKind::Denunciation {
                ahead.push((day, name("country-ahead-leaves")));
            } else if action.kind.is_consent() {
                ahead.push((day, name("country-ahead-in-force")));
            }
        }
        let acted = own.clone().any(|a| a.kind.changes_standing());
        let may_sign = facts.country.kind == CountryKind::State
            && facts.reading.groups.admits(treaty, facts.country.code, context.today) == Some(true);
        if let Some(day) = treaty.open_until.filter(|day| *day >= context.today)
            && !acted
            && may_sign
            && standing.mark() != "–"
        {
            ahead.push((day, name("country-ahead-last-day")));
        }
    }
    ahead.sort();
    ahead
}
