//! What the rows of a mapped file become, by the readers of our own layout.

use std::collections::{BTreeMap, HashMap};

use domain::country::{CountryCode, Gazetteer};
use domain::incident::Draft;
use domain::indicator::{Indicator, Observation};
use domain::treaty::{TreatyAction, TreatySlug};
use domain::{Day, Problem};

use super::Found;
use super::read::Report;
use crate::incidents::column_of;
use crate::indicators::RowsOf;
use crate::outcome::Name;
use crate::table::FileError;
use crate::{Known, actions as action_rows, incidents as incident_rows, indicators as indicator_rows};

/// Reads observations and hands each on as it is read, with its indicator's place among `indicators`: however many there are,
/// none is kept.
pub fn observations(
    found: &Found<'_>,
    indicators: &[Indicator],
    countries: &Gazetteer,
    mut take: impl FnMut(usize, Observation),
) -> Result<Report, FileError> {
    let mut rows_of: Vec<RowsOf> = vec![RowsOf::new(); indicators.len()];
    // A file says each country's name once for every year.
    let mut named: HashMap<String, CountryCode> = HashMap::new();
    found.each(
        &BTreeMap::new(),
        |row| {
            let code = row.needed("indicator")?;
            let Some(at) = indicators.iter().position(|indicator| indicator.code == code) else {
                row.hold("indicator", &code, Name::Indicator, Vec::new());
                return None;
            };
            let typed = row.needed("country")?;
            let country = named.get(&typed).copied().or_else(|| {
                let country = row.country_named("country", &typed, countries)?;
                named.insert(typed.clone(), country);
                Some(country)
            });
            let observation =
                indicator_rows::observation(row, indicators.get(at)?, country, rows_of.get_mut(at)?)?;
            Some((at, observation))
        },
        |_, _, (at, observation)| take(at, observation),
    )
}

/// What whoever imports a treaty's table says of it.
#[derive(Clone, Debug)]
pub struct StatusOf {
    /// The treaty.
    pub treaty: TreatySlug,
    /// The day the table says its status is of, where it says one.
    pub as_of: Option<Day>,
    /// The day it is imported.
    pub today: Day,
    /// Where it was taken from.
    pub source_url: String,
    /// What it calls itself.
    pub source_title: String,
}

/// Reads treaty actions.
pub fn actions(
    found: &Found<'_>,
    of: &StatusOf,
    known: &Known<'_>,
) -> Result<(Vec<(usize, TreatyAction)>, Report), FileError> {
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let given: BTreeMap<String, String> = [
        ("treaty", of.treaty.to_string()),
        ("source_url", or(&of.source_url, &found.mapping.source_url)),
        ("source_title", or(&of.source_title, &found.mapping.publisher)),
        ("seen_as_of", of.as_of.map(|day| day.to_string()).unwrap_or_default()),
        ("learned", of.today.to_string()),
        // What a table says without a day was done by the day it is of.
        ("by", of.as_of.unwrap_or(of.today).to_string()),
    ]
    .into_iter()
    .map(|(to, text)| (to.to_owned(), text))
    .collect();
    let mut all = Vec::new();
    let report = found.each(
        &given,
        |row| action_rows::action(row, known),
        |_, row, mut action: TreatyAction| {
            if action.done.not_after.is_none() {
                action.done.not_after = Some(of.as_of.unwrap_or(of.today));
            }
            all.push((row, action));
        },
    )?;
    Ok((all, report))
}

/// A case read from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Its sheet.
    pub sheet: String,
    /// Its row.
    pub row: usize,
    /// The case.
    pub draft: Draft,
    /// What it still needs before it can be submitted: for whoever works on it.
    pub needs: Vec<(String, Problem)>,
}

/// Reads cases. A row is refused where a cell cannot be understood, and held where a country is not known; what a case still
/// needs before it is submitted is no reason to refuse it.
pub fn incidents(
    found: &Found<'_>,
    countries: &Gazetteer,
    today: Day,
) -> Result<(Vec<CaseRow>, Report), FileError> {
    let mut cases = Vec::new();
    let report = found.each(
        &BTreeMap::new(),
        |row| {
            let mut draft = incident_rows::draft(row, countries);
            for place in draft.places.iter_mut().chain(draft.actors.iter_mut().map(|actor| &mut actor.state))
            {
                if let Ok(code) = countries.find(place) {
                    *place = code.to_string();
                }
            }
            let mut needs = Vec::new();
            for error in draft.check(countries, today).err().unwrap_or_default() {
                match error.problem {
                    Problem::UnknownCountry { .. } | Problem::SeveralCountries { .. } => {}
                    problem if is_missing(&problem) => needs.push((error.field, problem)),
                    // What the mapping could not make sense of was refused already, in the words of the file.
                    _ if row.is_refused(column_of(&error.field)) => {}
                    problem => row.refuse(column_of(&error.field), problem),
                }
            }
            Some((draft, needs))
        },
        |sheet, row, (draft, needs)| cases.push(CaseRow { sheet: sheet.to_owned(), row, draft, needs }),
    )?;
    Ok((cases, report))
}

/// Something is not there yet, rather than wrong.
fn is_missing(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Missing | Problem::TooShort | Problem::NamingNotChecked | Problem::NamedByOneSource
    )
}
