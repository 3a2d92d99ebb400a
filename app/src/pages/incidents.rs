//! `/incidents`: a list by filters in the query, with the true count. Newest first possible day first; older ones by
//! a link that names the last line shown.

use std::collections::BTreeMap;

use domain::country::CountryCode;
use domain::incident::{Bearing, Incident, Kind};
use leptos::prelude::*;
use store::record::{After, IncidentFilter, Record};

use super::{LoadError, PageContext};
use crate::components::form::{Choice, Control, Field, Weight, button, field, hidden};
use crate::components::incident::{Entry, entries};
use crate::components::part::{empty, link, note, part};
use crate::components::shell::{PageHead, shell};
use crate::components::standing::teach;
use crate::reading::{Reading, actions_always_named};
use crate::words;

/// How many lines a page has.
const PAGE: i64 = 50;

/// What was asked for, and what of it was not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The filter.
    pub filter: IncidentFilter,
    /// Parameters whose value nobody knows, with that value.
    pub not_understood: Vec<(&'static str, String)>,
}

impl Asked {
    /// Reads the query. Unknown parameters are passed over; a known one with an unknown value is left out of the
    /// filter and named on the page.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let mut asked =
            Self { filter: IncidentFilter { limit: PAGE, ..IncidentFilter::default() }, ..Self::default() };
        for (name, value) in pairs.iter().filter(|(_, value)| !value.trim().is_empty()) {
            asked.take(name, value.trim());
        }
        asked
    }

    fn take(&mut self, name: &str, value: &str) {
        let filter = &mut self.filter;
        let (name, understood) = match name {
            "country" => ("country", value.parse().map(|code| filter.country = Some(code)).is_ok()),
            "kind" => ("kind", value.parse().map(|kind| filter.kind = Some(kind)).is_ok()),
            "bearing" => ("bearing", value.parse().map(|bearing| filter.bearing = Some(bearing)).is_ok()),
            "year" => {
                let year = value.parse().ok().filter(|year| (1900..=2200).contains(year));
                filter.year = year.or(filter.year);
                ("year", year.is_some())
            }
            "treaty" => {
                let slug = value.parse::<domain::treaty::TreatySlug>();
                ("treaty", slug.map(|slug| filter.treaty = Some(slug.to_string())).is_ok())
            }
            "after" => {
                let after = value.split_once('~').filter(|(start, _)| start.parse::<domain::Day>().is_ok());
                filter.after = after.map(|(start, reference)| After {
                    start: start.to_owned(),
                    reference: reference.to_owned(),
                });
                ("after", filter.after.is_some())
            }
            _ => return,
        };
        if !understood {
            self.not_understood.push((name, value.chars().take(60).collect()));
        }
    }

    /// Leaves out, and names, a country or treaty that is well written and that the record does not know.
    fn known_to(&mut self, reading: &Reading) {
        let filter = &mut self.filter;
        if let Some(code) = filter.country.take_if(|code| reading.country(*code).is_none()) {
            self.not_understood.push(("country", code.to_string()));
        }
        if let Some(slug) = filter.treaty.take_if(|slug| reading.treaty(slug).is_none()) {
            self.not_understood.push(("treaty", slug));
        }
    }

    /// The address of this list, from the line after `after` on.
    fn address(&self, after: Option<&After>) -> String {
        let filter = &self.filter;
        let mut pairs = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                pairs.push(format!("{name}={value}"));
            }
        };
        add("country", filter.country.map(|code| code.as_str().to_owned()));
        add("kind", filter.kind.map(|kind| kind.slug().to_owned()));
        add("bearing", filter.bearing.map(|bearing| bearing.slug().to_owned()));
        add("year", filter.year.map(|year| year.to_string()));
        add("treaty", filter.treaty.clone());
        add("after", after.map(|after| format!("{}~{}", after.start, after.reference)));
        if pairs.is_empty() { "/incidents".to_owned() } else { format!("/incidents?{}", pairs.join("&")) }
    }
}

/// What the page shows.
#[derive(Debug)]
pub struct IncidentsPage {
    /// What was asked for.
    pub asked: Asked,
    /// How many incidents the filter finds, whatever the page.
    pub count: i64,
    /// How many of them are laws and drafts, which no count takes in.
    pub laws: i64,
    /// This page's entries.
    pub entries: Vec<Entry>,
    /// Where older ones begin.
    pub older: Option<After>,
    /// The countries one can choose, with their names.
    pub countries: Vec<(CountryCode, String)>,
    /// The treaties one can choose: slug and short title.
    pub treaties: Vec<(String, String)>,
    /// Somebody declares to watch, and finds all: then the count is one.
    pub examples_only: bool,
}

/// Reads the list.
pub async fn load(
    record: &Record,
    context: &PageContext,
    mut asked: Asked,
) -> Result<IncidentsPage, LoadError> {
    let reading = Reading::of(record).await?;
    asked.known_to(&reading);
    let counted = record.incident_counts_by_country().await?;
    let found = IncidentFilter { after: None, ..asked.filter.clone() };
    let count = record.incident_count(&found).await?;
    let laws = match found.kind {
        None => record.incident_count(&IncidentFilter { kind: Some(Kind::LawOrDraft), ..found }).await?,
        Some(Kind::LawOrDraft) => count,
        Some(_) => 0,
    };
    let mut lines = record.incidents(&IncidentFilter { limit: PAGE + 1, ..asked.filter.clone() }).await?;
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let older = lines.last().filter(|_| more).map(|line| After {
        start: line.incident.start.first().to_string(),
        reference: line.reference.clone(),
    });
    let actions = actions_always_named(record).await?;
    let coverage = record.coverage().await?;
    let relation = |incident: &Incident| match asked.filter.country {
        Some(country) => words::relation_of(context.text, &reading.names, incident, country),
        None => answerable(context, &reading, incident),
    };
    let entries = reading.entries(context, &lines, &actions, relation);
    Ok(IncidentsPage {
        count,
        laws,
        entries,
        older,
        countries: choices(&reading, counted.keys().copied(), asked.filter.country),
        treaties: reading.treaties.iter().map(|t| (t.slug.to_string(), t.short_title.clone())).collect(),
        examples_only: coverage.iter().all(|c| c.extent == domain::indicator::Extent::Examples),
        asked,
    })
}

/// Who is said to be answerable, in a list over many countries.
pub(super) fn answerable(context: &PageContext, reading: &Reading, incident: &Incident) -> String {
    let text = context.text;
    let states = incident.answerable();
    if states.is_empty() {
        return text.say("entry-nobody-answerable");
    }
    let said: BTreeMap<CountryCode, String> = states
        .into_iter()
        .filter_map(|state| {
            let attribution = incident.attribution_of(state)?;
            let args = [
                ("state", reading.names.of(state).into()),
                ("attribution", words::term(text, "attribution", attribution.slug()).into()),
            ];
            Some((state, text.with("entry-answerable", &args)))
        })
        .collect();
    words::clauses(text, said.into_values())
}

fn choices(
    reading: &Reading,
    with_incidents: impl Iterator<Item = CountryCode>,
    chosen: Option<CountryCode>,
) -> Vec<(CountryCode, String)> {
    let mut codes: Vec<CountryCode> = with_incidents.chain(chosen).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut choices: Vec<_> = codes.into_iter().map(|code| (code, reading.names.of(code))).collect();
    choices.sort_by(|a, b| a.1.cmp(&b.1));
    choices
}

/// The whole document.
pub fn render(page: &IncidentsPage, context: &PageContext) -> String {
    let text = context.text;
    let mut head = PageHead::new(text.say("incidents-title"), text.say("incidents-description"));
    // One list for search engines, not one for each filter.
    head.no_index = context.path.contains('?');
    shell(context, head, || {
        let not_understood = page.asked.not_understood.iter().map(|(name, value)| {
            let said =
                text.with("filter-not-understood", &[("name", (*name).into()), ("value", value.into())]);
            view! { <p class="status-line">{said}</p> }
        });
        let list = if page.entries.is_empty() {
            empty(text.say(if page.count == 0 { "incidents-none" } else { "incidents-no-more" }))
        } else {
            view! { {entries(context, &page.entries)} {teach(text)} }.into_any()
        };
        let older = page.older.as_ref().map(|after| {
            view! {
                <p class="pages">
                    {link(context.link(&page.asked.address(Some(after))), text.say("incidents-older"))}
                </p>
            }
        });
        let newest = page.asked.filter.after.is_some().then(|| {
            view! {
                <p class="pages">
                    {link(context.link(&page.asked.address(None)), text.say("incidents-newest"))}
                </p>
            }
        });
        let count = text.with("incidents-count", &[("count", page.count.into())]);
        let laws = (page.laws > 0).then(|| note(text.with("incidents-laws", &[("laws", page.laws.into())])));
        let examples = page.examples_only.then(|| note(text.say("incidents-examples")));
        view! {
            <div class="title-block">
                <h1>{text.say("incidents-title")}</h1>
                <p class="summary">{text.say("incidents-description")}</p>
            </div>
            {part("filters", text.say("filter-title"), filters(page, context))}
            {part(
                "results",
                count,
                view! { {not_understood.collect_view()} {examples} {laws} {newest} {list} {older} },
            )}
        }
    })
}

fn filters(page: &IncidentsPage, context: &PageContext) -> AnyView {
    let text = context.text;
    let filter = &page.asked.filter;
    let all = || vec![Choice::new("", text.say("filter-all"))];
    let select = |name: &str, value: String, choices: Vec<Choice>| {
        let label = text.say(&format!("filter-{name}"));
        field(text, Field::new(name, label).value(value).control(Control::Select(choices)))
    };
    let countries = all()
        .into_iter()
        .chain(page.countries.iter().map(|(code, name)| Choice::new(code.as_str(), name)))
        .collect();
    let kinds = all()
        .into_iter()
        .chain(Kind::ALL.iter().map(|kind| Choice::new(kind.slug(), words::kind(text, *kind))))
        .collect();
    let bearings = all()
        .into_iter()
        .chain(Bearing::ALL.iter().map(|bearing| Choice::new(bearing.slug(), words::bearing(text, *bearing))))
        .collect();
    let treaties =
        all().into_iter().chain(page.treaties.iter().map(|(slug, name)| Choice::new(slug, name))).collect();
    let year = Field::new("year", text.say("filter-year"))
        .value(filter.year.map(|year| year.to_string()).unwrap_or_default())
        .control(Control::Short(4));
    let edition = (!context.is_live).then(|| hidden("edition", &context.edition.to_string()));
    view! {
        <form method="get" action=context.plain_link("/incidents") class="filters" role="search">
            {select("country", filter.country.map(|c| c.as_str().to_owned()).unwrap_or_default(), countries)}
            {select("kind", filter.kind.map(|k| k.slug().to_owned()).unwrap_or_default(), kinds)}
            {select("bearing", filter.bearing.map(|b| b.slug().to_owned()).unwrap_or_default(), bearings)}
            {select("treaty", filter.treaty.clone().unwrap_or_default(), treaties)}
            {field(text, year)}
            {edition}
            <p class="buttons">
                {button(text.say("filter-apply"), "", "", Weight::Main)} " "
                {link(context.link("/incidents"), text.say("filter-clear"))}
            </p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::of(&pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_query_is_read_and_written_back() {
        let query =
            [("country", "bra"), ("kind", "throttling"), ("year", "2016"), ("treaty", "iccpr"), ("odd", "1")];
        let asked = asked(&query);
        assert_eq!(asked.not_understood, []);
        assert_eq!(asked.address(None), "/incidents?country=BRA&kind=throttling&year=2016&treaty=iccpr");
        let after = After { start: "2016-05-02".into(), reference: "TW-2016-0002".into() };
        assert!(asked.address(Some(&after)).ends_with("&after=2016-05-02~TW-2016-0002"));
    }

    #[test]
    fn a_country_that_the_record_does_not_know_is_named_and_left_out() {
        let reading = Reading {
            countries: Vec::new(),
            names: crate::words::names::Names::default(),
            treaties: Vec::new(),
            groups: domain::standing::Groups::default(),
        };
        let mut asked = asked(&[("country", "xxx"), ("treaty", "no-such"), ("year", "2016")]);
        assert_eq!(asked.not_understood, []);
        asked.known_to(&reading);
        let names = [("country", "XXX".to_owned()), ("treaty", "no-such".to_owned())];
        assert_eq!(asked.not_understood, names);
        assert_eq!(asked.address(None), "/incidents?year=2016");
    }

    #[test]
    fn what_nobody_knows_is_named_and_left_out() {
        let asked = asked(&[("country", "Brazil"), ("year", "99999"), ("after", "x~y"), ("kind", " ")]);
        let names: Vec<&str> = asked.not_understood.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["country", "year", "after"]);
        assert_eq!(asked.address(None), "/incidents");
    }
}
