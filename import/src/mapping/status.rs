//! A treaty's status table: a row for each state, a column for each kind of act, the day in the cell and, after it, a mark
//! that the column's heading explains (`Accession(a), Succession(d), Ratification`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::treaty::ActionKind;
use domain::{PartialDate, Problem};
use jiff::fmt::strtime;
use serde::Deserialize;

use super::columns::{Columns as Headings, folded};
use super::plan::{Ours, Theirs};
use crate::table::FileError;

/// What the words in headings mean.
const WORDS: &[(&str, ActionKind)] = &[
    ("signature", ActionKind::Signature),
    ("succession to signature", ActionKind::Signature),
    ("definitive signature", ActionKind::DefinitiveSignature),
    ("signature without reservation as to ratification", ActionKind::DefinitiveSignature),
    ("ratification", ActionKind::Ratification),
    ("acceptance", ActionKind::Acceptance),
    ("approval", ActionKind::Approval),
    ("accession", ActionKind::Accession),
    ("succession", ActionKind::Succession),
    ("formal confirmation", ActionKind::FormalConfirmation),
    ("act of formal confirmation", ActionKind::FormalConfirmation),
    ("consent to be bound", ActionKind::ConsentFormNotRecorded),
    ("provisional application", ActionKind::ProvisionalApplication),
    ("entry into force", ActionKind::EntryIntoForce),
    ("denunciation", ActionKind::Denunciation),
    ("withdrawal", ActionKind::Denunciation),
];

/// How a status table is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusTable {
    /// How its dates are written (`%d %b %Y`).
    pub dates: Vec<String>,
    /// What marks mean that no heading explains.
    #[serde(default)]
    pub marks: BTreeMap<String, ActionKind>,
    /// Columns whose cell, if it is not empty, says that the state did something on a day the table does not give.
    #[serde(default)]
    pub stands: BTreeMap<String, ActionKind>,
}

/// Its columns.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    table: &'a StatusTable,
    acts: Vec<Act>,
    stands: Vec<(usize, ActionKind, String)>,
}

/// A column of days.
#[derive(Debug)]
struct Act {
    at: usize,
    heading: String,
    /// What it is without a mark.
    plain: Option<ActionKind>,
    /// What its marks mean.
    marks: Vec<(String, ActionKind)>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(table: &'a StatusTable, headings: &Headings) -> Result<Self, FileError> {
        let mut stands = Vec::new();
        for (heading, kind) in &table.stands {
            stands.extend(headings.position(heading)?.map(|at| (at, *kind, heading.clone())));
        }
        let acts: Vec<Act> = headings.all().filter_map(|(at, heading)| act(at, heading)).collect();
        if acts.is_empty() {
            return Err(FileError::MissingHeadings(vec!["Signature, Ratification, Accession".to_owned()]));
        }
        Ok(Self { table, acts, stands })
    }

    pub(super) fn used(&self) -> impl Iterator<Item = usize> {
        self.acts.iter().map(|act| act.at).chain(self.stands.iter().map(|(at, ..)| *at))
    }

    /// One row of ours for each day that a state's row holds.
    pub(super) fn rows<'r>(&'r self, theirs: Theirs<'r>, state: &Ours<'r>, take: &mut dyn FnMut(Ours<'r>)) {
        let row = |heading: &'r str, kind: &'static str| {
            let mut ours = state.clone();
            ours.cells.push(("kind", Cow::Borrowed(kind), heading));
            ours
        };
        for act in &self.acts {
            let cell = theirs.cell(act.at);
            if cell.is_empty() {
                continue;
            }
            // Square brackets: this participation has ended, on a day that the table does not give.
            let ended = cell.starts_with('[') && cell.ends_with(']');
            let inner = cell.trim_matches(['[', ']']).trim();
            let (day, mark) =
                inner.split_at(inner.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1));
            let kind = act.kind(mark.trim(), self.table);
            let mut ours = row(&act.heading, kind.unwrap_or(ActionKind::ConsentFormNotRecorded).slug());
            let date = date(day, &self.table.dates);
            if kind.is_none() {
                ours.wrong.push(("kind".to_owned(), Problem::NotInList { value: mark.trim().to_owned() }));
            }
            if date.is_none() {
                ours.wrong.push(("done_not_before".to_owned(), Problem::NotADate { value: cell.to_owned() }));
            }
            let date = date.unwrap_or_else(|| cell.to_owned());
            for bound in ["done_not_before", "done_not_after"] {
                ours.cells.push((bound, Cow::Owned(date.clone()), &act.heading));
            }
            if ended {
                let mut end = row(&act.heading, ActionKind::Denunciation.slug());
                end.cells.push(("done_not_before", Cow::Owned(date), &act.heading));
                take(ours);
                take(end);
            } else {
                take(ours);
            }
        }
        for (at, kind, heading) in &self.stands {
            if !theirs.cell(*at).is_empty() {
                take(row(heading, kind.slug()));
            }
        }
    }
}

impl Act {
    fn kind(&self, mark: &str, table: &StatusTable) -> Option<ActionKind> {
        if mark.is_empty() {
            return self.plain;
        }
        let own = self.marks.iter().find(|(it, _)| it == mark).map(|(_, kind)| *kind);
        own.or_else(|| table.marks.get(mark).copied())
    }
}

/// A heading with the acts it names: `Accession(a), Succession(d), Ratification`.
fn act(at: usize, heading: &str) -> Option<Act> {
    let mut act = Act { at, heading: heading.to_owned(), plain: None, marks: Vec::new() };
    for part in heading.split([',', ';']) {
        let (word, mark) = match part.split_once('(') {
            Some((word, mark)) => (word, Some(mark.trim_end().trim_end_matches(')').trim())),
            None => (part, None),
        };
        let word = folded(word);
        let Some((_, kind)) = WORDS.iter().find(|(known, _)| *known == word) else { continue };
        match mark {
            Some(mark) => act.marks.push((mark.to_owned(), *kind)),
            None => act.plain = act.plain.or(Some(*kind)),
        }
    }
    (act.plain.is_some() || !act.marks.is_empty()).then_some(act)
}

/// A date as ISO 8601: written so, or in one of these ways. A time of day is left out.
pub(super) fn date(text: &str, ways: &[String]) -> Option<String> {
    let text = text.trim();
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    if let Ok(date) = day.parse::<PartialDate>() {
        return Some(date.to_string());
    }
    let read = |way: &String| strtime::parse(way, text).ok()?.to_date().ok();
    ways.iter().find_map(read).map(|date| date.to_string())
}
