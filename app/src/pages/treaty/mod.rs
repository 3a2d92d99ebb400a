//! `/treaties/{slug}`: particulars, participants with the source that is used and what else was seen, provisions by
//! topic.

mod view;

use std::collections::BTreeMap;

use domain::country::CountryCode;
use domain::standing::{Shape, Standing, Status, standing};
use domain::treaty::{Provision, Treaty, TreatyAction};
use store::record::Record;

use super::{LoadError, PageContext};
use crate::reading::Reading;
use crate::words;
use crate::words::standing::{Marked, dated};

pub use view::render;

/// What the page shows.
#[derive(Debug)]
pub struct TreatyPage {
    /// The instrument.
    pub treaty: Treaty,
    /// Its provisions by topic: the topic's name, then its provisions in order.
    pub topics: Vec<(String, Vec<Provision>)>,
    /// Countries with something on record.
    pub participants: Vec<Participant>,
    /// How many of them stand how today, in words; what is open comes last.
    pub counts: Vec<(String, usize)>,
    /// Invitations, approvals at home and reports: they change nobody's standing and are no statements.
    pub notices: Vec<(String, Vec<TreatyAction>)>,
    /// Statements: reservations, declarations, objections, derogations.
    pub statements: Vec<(String, Vec<TreatyAction>)>,
}

/// A country with something on record under the treaty.
#[derive(Debug)]
pub struct Participant {
    /// Its code.
    pub code: CountryCode,
    /// Its name.
    pub name: String,
    /// Its standing today.
    pub standing: Marked,
    /// Acts that are used.
    pub used: Vec<TreatyAction>,
    /// What else was seen, and why it is not used.
    pub also_seen: Vec<TreatyAction>,
}

/// Reads an instrument's page.
pub async fn load(record: &Record, context: &PageContext, slug: &str) -> Result<TreatyPage, LoadError> {
    let reading = Reading::of(record).await?;
    let Some(treaty) = reading.treaty(slug).cloned() else {
        return Err(LoadError::near(near(&reading.treaties, slug)));
    };
    let provisions = record.provisions(slug).await?;
    let actions = record.actions_under_treaty(slug).await?;
    Ok(of(context, &reading, treaty, provisions, actions))
}

/// The instruments whose names are near what was asked for; all of them where none is.
fn near(treaties: &[Treaty], typed: &str) -> Vec<(String, String)> {
    let typed = typed.to_lowercase();
    let is_near = |t: &&Treaty| {
        let slug = t.slug.as_str();
        typed.split('-').any(|word| word.len() > 2 && slug.contains(word)) || typed.starts_with(slug)
    };
    let mut near: Vec<&Treaty> = treaties.iter().filter(is_near).collect();
    if near.is_empty() {
        near = treaties.iter().collect();
    }
    near.into_iter().map(|t| (t.short_title.clone(), format!("/treaties/{}", t.slug))).collect()
}

/// The page of an instrument, its provisions and everybody's actions.
pub fn of(
    context: &PageContext,
    reading: &Reading,
    treaty: Treaty,
    provisions: Vec<Provision>,
    actions: Vec<TreatyAction>,
) -> TreatyPage {
    let text = context.text;
    let mut by_country: BTreeMap<CountryCode, Vec<TreatyAction>> = BTreeMap::new();
    for action in actions {
        by_country.entry(action.country).or_default().push(action);
    }
    let mut counts: BTreeMap<(Option<Status>, String), usize> = BTreeMap::new();
    let (mut participants, mut notices, mut statements) = (Vec::new(), Vec::new(), Vec::new());
    for (code, all) in by_country {
        let name = reading.names.of(code);
        let standing: Option<Standing> = reading
            .country(code)
            .map(|country| standing(&treaty, country, &reading.groups, &all, context.today));
        let (acts, said): (Vec<_>, Vec<_>) = all.into_iter().partition(|a| a.kind.changes_standing());
        let (said, noticed): (Vec<_>, Vec<_>) =
            said.into_iter().filter(|a| a.used).partition(|a| words::is_statement(a.kind));
        for (list, of_it) in [(&mut statements, said), (&mut notices, noticed)] {
            if !of_it.is_empty() {
                list.push((name.clone(), of_it));
            }
        }
        let (Some(standing), false) = (standing, acts.is_empty()) else { continue };
        let label = match (standing.plain(), standing.shape) {
            (Some(status), _) => words::term(text, "status", status.slug()),
            (None, Shape::Signed { .. }) => text.say("standing-signed-briefly"),
            (None, _) => text.say("status-open"),
        };
        *counts.entry((standing.plain(), label)).or_default() += 1;
        let (used, also_seen) = acts.into_iter().partition(|a| a.used);
        let standing = dated(text, &standing, &reading.names);
        participants.push(Participant { code, name, standing, used, also_seen });
    }
    participants.sort_by(|a, b| a.name.cmp(&b.name));
    notices.sort_by(|a, b| a.0.cmp(&b.0));
    statements.sort_by(|a, b| a.0.cmp(&b.0));
    let mut counts: Vec<_> = counts.into_iter().collect();
    // What is open comes last.
    counts.sort_by_key(|((status, _), _)| (status.is_none(), *status));
    let counts = counts.into_iter().map(|((_, label), count)| (label, count)).collect();
    let topics = by_topic(context, provisions);
    TreatyPage { treaty, topics, participants, counts, notices, statements }
}

fn by_topic(context: &PageContext, provisions: Vec<Provision>) -> Vec<(String, Vec<Provision>)> {
    let mut topics: BTreeMap<(bool, String), Vec<Provision>> = BTreeMap::new();
    for provision in provisions {
        for topic in &provision.topics {
            let key = format!("topic-{topic}");
            let name = if context.text.has(&key) { context.text.say(&key) } else { topic.clone() };
            // "Other" comes last.
            topics.entry((topic == "other", name)).or_default().push(provision.clone());
        }
    }
    for list in topics.values_mut() {
        list.sort_by(|a, b| a.number.sort_key().cmp(&b.number.sort_key()));
    }
    topics.into_iter().map(|((_, name), list)| (name, list)).collect()
}
