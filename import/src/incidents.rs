//! Documented incidents: `data/incidents.csv`.
//!
//! A row becomes a [`Draft`] and goes through [`Draft::check`] like a case typed into the form; there is no other way in.

use std::collections::{BTreeMap, BTreeSet};

use domain::country::Gazetteer;
use domain::incident::{Draft, DraftActor, DraftSource, Incident, Provenance};
use domain::{Day, PartialDate, Problem};

use crate::analysis::Said;
use crate::outcome::{FileReason, Outcome};
use crate::row::Row;
use crate::table::{FileError, read_rows};

/// The headings the file must have.
pub const HEADINGS: &[&str] = &[
    "key",
    "bearing",
    "kind",
    "title",
    "place",
    "place_iso3",
    "actor_iso3",
    "attribution",
    "start",
    "start_precision",
    "end",
    "end_precision",
    "ongoing",
    "authority_type",
    "authority",
    "decision",
    "law",
    "article",
    "official_justification",
    "documented_cause",
    "services",
    "networks",
    "people_affected",
    "outcome",
    "summary",
    "sources",
    "series",
    "related",
    "context",
    "stance",
    "source_types",
    "transnational",
];

/// A documented incident: its key in the file, the case it becomes, and the incident that the case is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentedIncident {
    /// Its key in the file, which other files use.
    pub key: String,
    /// The case.
    pub draft: Draft,
    /// The incident.
    pub incident: Incident,
}

/// The keys in the file, for the files that point to them.
pub fn keys(bytes: &[u8]) -> Result<BTreeSet<String>, FileError> {
    Ok(read_rows(bytes, &["key"], |row| row.needed("key"))?.into_values().into_iter().collect())
}

/// Reads incidents, each with what was said of it.
pub fn read(
    bytes: &[u8],
    said: &Said,
    countries: &Gazetteer,
    today: Day,
) -> Result<Outcome<DocumentedIncident>, FileError> {
    let mut rows_of: BTreeMap<String, usize> = BTreeMap::new();
    read_rows(bytes, HEADINGS, |row| {
        let key = row.needed("key");
        let mut draft = Draft { provenance: Provenance::Starter, ..draft(row, countries) };
        let key = key?;
        if let Some(first_row) = rows_of.get(&key) {
            row.refuse_file("key", FileReason::Duplicate { first_row: *first_row });
            return None;
        }
        rows_of.insert(key.clone(), row.number());
        draft.links = said.links.get(&key).cloned().unwrap_or_default();
        draft.findings = said.findings.get(&key).cloned().unwrap_or_default();
        draft.assessments = said.assessments.get(&key).cloned().unwrap_or_default();
        draft.factors = said.factors.get(&key).cloned().unwrap_or_default();
        match draft.check(countries, today) {
            Ok(incident) => Some(DocumentedIncident { key, draft, incident }),
            Err(errors) => {
                for error in errors {
                    // An unknown name was held above already.
                    if !matches!(error.problem, Problem::UnknownCountry { .. }) {
                        row.refuse(column_of(&error.field), error.problem);
                    }
                }
                None
            }
        }
    })
}

/// The case that a row becomes.
pub(crate) fn draft(row: &mut Row<'_>, countries: &Gazetteer) -> Draft {
    let places = row.items("place_iso3");
    let actors = row.items("actor_iso3");
    for (column, names) in [("place_iso3", &places), ("actor_iso3", &actors)] {
        for name in names {
            row.country_named(column, name, countries);
        }
    }
    precision(row, "start", "start_precision");
    precision(row, "end", "end_precision");
    let ongoing = match row.text("ongoing").as_str() {
        "" => String::new(),
        _ => row
            .word("ongoing", &[("true", "yes"), ("false", "no"), ("yes", "yes"), ("no", "no")])
            .unwrap_or_default()
            .to_owned(),
    };
    Draft {
        title: row.text("title"),
        actors: self::actors(row, &actors),
        places,
        place_name: row.text("place"),
        kind: row.text("kind"),
        bearing: row.text("bearing"),
        start: row.text("start"),
        end: row.text("end"),
        ongoing,
        authority_kind: row.text("authority_type"),
        authority: row.text("authority"),
        decision: row.text("decision"),
        law: row.text("law"),
        article: row.text("article"),
        justification: row.text("official_justification"),
        documented_cause: row.text("documented_cause"),
        stance: row.text("stance"),
        contexts: row.items("context"),
        services: row.items("services").join("\n"),
        networks: row.items("networks").join("\n"),
        people_affected: row.text("people_affected"),
        outcome: row.text("outcome"),
        narrative: row.text("summary"),
        language: "en".to_owned(),
        sources: sources(row),
        transnational: row.text("transnational"),
        series: row.text("series"),
        related: row.items("related").join("\n"),
        extent: row.text("extent"),
        aimed_at: row.text("aimed_at"),
        ..Draft::default()
    }
}

/// One actor for each state said to be answerable; one without a state where none is.
fn actors(row: &mut Row<'_>, states: &[String]) -> Vec<DraftActor> {
    let attribution = row.text("attribution");
    let actor = |state: &str| DraftActor {
        role: "not-recorded".to_owned(),
        state: state.to_owned(),
        attribution: attribution.clone(),
        name: String::new(),
    };
    match states {
        [] if attribution.is_empty() => Vec::new(),
        [] => vec![actor("")],
        states => states.iter().map(|state| actor(state)).collect(),
    }
}

/// Sources with their kinds, which stand in a parallel list; "not recorded" is no kind.
fn sources(row: &mut Row<'_>) -> Vec<DraftSource> {
    let urls = row.items("sources");
    let of_all = row.text("source_type");
    let kinds = match of_all.is_empty() {
        true => row.items("source_types"),
        false => vec![of_all; urls.len()],
    };
    if kinds.len() > urls.len() {
        row.refuse("source_types", Problem::TooMany { most: urls.len() });
    } else if kinds.len() < urls.len() && row.has("source_types") {
        row.refuse("source_types", Problem::Missing);
    }
    let kind_of = |i: usize| kinds.get(i).filter(|kind| *kind != "not recorded").cloned().unwrap_or_default();
    let source = |(i, url)| DraftSource { url, kind: kind_of(i), ..DraftSource::default() };
    urls.into_iter().enumerate().map(source).collect()
}

/// The precision that a row claims for a date is the one the date is written with.
fn precision(row: &mut Row<'_>, date: &str, precision: &str) {
    if !row.has(precision) {
        return;
    }
    let claimed = row.text(precision);
    let Ok(written) = row.text(date).parse::<PartialDate>() else { return };
    let is = match (written.exact(), written.month()) {
        (Some(_), _) => "day",
        (None, Some(_)) => "month",
        (None, None) => "year",
    };
    if claimed != is {
        row.refuse(precision, Problem::NotInList { value: claimed });
    }
}

/// The column that a field of the draft came from.
pub(crate) fn column_of(field: &str) -> &str {
    match field.split('.').next().unwrap_or(field) {
        "places" => "place_iso3",
        "actors" => "actor_iso3",
        "place_name" => "place",
        "authority_kind" => "authority_type",
        "justification" => "official_justification",
        "contexts" => "context",
        "narrative" => "summary",
        "sources" if field.ends_with(".kind") => "source_types",
        "links" | "findings" | "assessments" | "factors" => field,
        column => column,
    }
}
