//! What several pages read alike: names, treaties, groups, and an incident's standing on its day.

use std::collections::BTreeMap;

use domain::country::{Country, CountryCode};
use domain::incident::Incident;
use domain::standing::Groups;
use domain::treaty::{Treaty, TreatyAction};
use store::StoreError;
use store::record::{IncidentLine, Record};

use crate::components::incident::Entry;
use crate::context::PageContext;
use crate::words::names::Names;
use crate::words::on_day::{ALWAYS, OnDay, is_always_named, on_day};

/// Countries, treaties and groups of one edition: what standing is computed from, beside the actions.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Every country and area.
    pub countries: Vec<Country>,
    /// Their names.
    pub names: Names,
    /// Every instrument.
    pub treaties: Vec<Treaty>,
    /// Who belongs to which group.
    pub groups: Groups,
}

impl Reading {
    /// Reads them: three queries.
    pub async fn of(record: &Record) -> Result<Self, StoreError> {
        let countries = record.countries().await?;
        let names = Names::new(&countries);
        Ok(Self { names, countries, treaties: record.treaties().await?, groups: record.groups().await? })
    }

    /// A country by its code.
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.countries.iter().find(|country| country.code == code)
    }

    /// A treaty by its slug.
    pub fn treaty(&self, slug: &str) -> Option<&Treaty> {
        self.treaties.iter().find(|treaty| treaty.slug.as_str() == slug)
    }

    /// Standing of `state` on the incident's day under every treaty of `among`, in the order lists name them.
    pub fn standings(
        &self,
        context: &PageContext,
        incident: &Incident,
        state: CountryCode,
        actions: &[TreatyAction],
    ) -> Vec<OnDay> {
        let Some(country) = self.country(state) else { return Vec::new() };
        let mut all: Vec<OnDay> = self
            .treaties
            .iter()
            .map(|t| on_day(context.text, incident.into(), t, country, &self.groups, actions, &self.names))
            .collect();
        let place =
            |on_day: &OnDay| ALWAYS.iter().position(|slug| *slug == on_day.slug).unwrap_or(ALWAYS.len());
        all.sort_by_key(place);
        all
    }

    /// The standings that a line of a list names: those always named, those the incident is linked to, and those
    /// that bound the state that day.
    pub fn named_in_lines(incident: &Incident, standings: Vec<OnDay>) -> Vec<OnDay> {
        let linked = |slug: &str| incident.analysis.links.iter().any(|link| link.treaty.as_str() == slug);
        standings
            .into_iter()
            .filter(|one| is_always_named(&one.slug) || linked(&one.slug) || one.full.bound)
            .collect()
    }

    /// Entries for a list over many countries: standing under the treaties that are always named.
    pub fn entries(
        &self,
        context: &PageContext,
        lines: &[IncidentLine],
        actions: &BTreeMap<String, Vec<TreatyAction>>,
        relation: impl Fn(&Incident) -> String,
    ) -> Vec<Entry> {
        lines
            .iter()
            .map(|line| {
                let incident = &line.incident;
                // A place that the answer names again is not said twice.
                let answerable = incident.answerable();
                let elsewhere: Vec<CountryCode> =
                    incident.places.iter().copied().filter(|place| !answerable.contains(place)).collect();
                let places = self.names.list(context.text, &elsewhere);
                let mut entry = Entry::new(context, line, places, relation(incident));
                for state in answerable {
                    let Some(country) = self.country(state) else { continue };
                    let standings = ALWAYS
                        .iter()
                        .filter_map(|slug| Some((self.treaty(slug)?, actions.get(*slug)?)))
                        .map(|(t, a)| {
                            on_day(context.text, incident.into(), t, country, &self.groups, a, &self.names)
                        })
                        .collect();
                    entry.standings.push((self.names.of(state), standings));
                }
                entry
            })
            .collect()
    }
}

/// The actions under the treaties that are always named, by treaty: one query each.
pub async fn actions_always_named(
    record: &Record,
) -> Result<BTreeMap<String, Vec<TreatyAction>>, StoreError> {
    let mut actions = BTreeMap::new();
    for slug in ALWAYS {
        actions.insert(slug.to_owned(), record.actions_under_treaty(slug).await?);
    }
    Ok(actions)
}
