//! What the rows of a mapped file become, by the readers of our own layout.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::country::{CountryCode, Gazetteer};
use domain::incident::Draft;
use domain::indicator::{Indicator, Observation};
use domain::treaty::{TreatyAction, TreatySlug};
use domain::{Day, Problem, fold};
use serde::Serialize;

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
    ]
    .into_iter()
    .map(|(to, text)| (to.to_owned(), text))
    .collect();
    let mut all = Vec::new();
    let report = found.each(
        &given,
        |row| action_rows::action(row, known),
        |_, row, mut action: TreatyAction| {
            // What a table says without a day was done by the day it is of.
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

/// A row that tells again what another sheet of the file tells: lists by year repeat what went on over a new year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// Its sheet.
    pub sheet: String,
    /// Its row.
    pub row: usize,
    /// The sheet of the row that is kept.
    pub of_sheet: String,
    /// That row.
    pub of_row: usize,
}

/// Takes out what another sheet tells again: the same country, the same first day and the same place, however it classes it. The row
/// that knows the later end is kept; of two that know as much, the one that stands first. Rows of one sheet are never taken for one
/// another, and what only looks alike is not taken out: the desk shows it as a likely duplicate.
pub fn without_repeats(cases: Vec<CaseRow>) -> (Vec<CaseRow>, Vec<Repeat>) {
    let mut kept: Vec<CaseRow> = Vec::new();
    let mut repeats = Vec::new();
    let mut by_start: HashMap<(Vec<String>, String), Vec<usize>> = HashMap::new();
    for case in cases {
        let draft = &case.draft;
        let key = (draft.places.clone(), draft.start.clone());
        let same = by_start.entry(key).or_default();
        let told = same.iter().copied().find(|at| {
            kept.get(*at).is_some_and(|other| {
                other.sheet != case.sheet && same_place(&other.draft.place_name, &draft.place_name)
            })
        });
        match told.and_then(|at| kept.get_mut(at)) {
            None => {
                same.push(kept.len());
                kept.push(case);
            }
            Some(other) => {
                let gone = if draft.end > other.draft.end { std::mem::replace(other, case) } else { case };
                repeats.push(Repeat {
                    sheet: gone.sheet,
                    row: gone.row,
                    of_sheet: other.sheet.clone(),
                    of_row: other.row,
                });
            }
        }
    }
    (kept, repeats)
}

/// Both name the same place, in whatever order; a whole country is called by several words.
fn same_place(one: &str, other: &str) -> bool {
    let place = |text: &str| -> BTreeSet<String> {
        let whole = |word: String| if word == "national" { "nationwide".to_owned() } else { word };
        fold::words(text).into_iter().map(whole).filter(|word| word != "and").collect()
    };
    let (one, other) = (place(one), place(other));
    !one.is_empty() && one == other
}

/// Something is not there yet, rather than wrong.
fn is_missing(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Missing | Problem::TooShort | Problem::NamingNotChecked | Problem::NamedByOneSource
    )
}
