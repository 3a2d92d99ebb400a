//! Incidents: one order, decision or act of authority (or against authority's duty) and what it caused.
//!
//! A [`Draft`] may be anything and keeps what was typed as typed. An [`Incident`] is always whole;
//! [`Draft::check`] is the only way to one, for form and import alike. Neither has a sealed field.

mod against_record;
mod analysis;
mod check;
mod draft;
mod fields;
mod lists;
mod particulars;
mod reference;
mod withhold;

pub use against_record::{OnRecord, binds_nobody};
pub use analysis::{Analysis, Assessment, Factor, Finding, Outcome, Part, Right, TreatyLink};
pub use check::{LIMITS, Limits, check_address, check_reason};
pub(crate) use check::{cannot_be_kept, is_web_address};
pub use draft::{
    Draft, DraftActor, DraftAssessment, DraftFactor, DraftFinding, DraftLink, DraftPart, DraftPerson,
    DraftSource, DraftStage, Provenance,
};
pub use fields::{SOMETIMES, fields_for};
pub use lists::{
    ActorRole, Attribution, AuthorityKind, Bearing, Channel, Context, Extent, FactorBasis, FactorKind,
    FindingKind, Kind, NamingRule, PartOutcome, PersonRole, RightTest, SourceKind, StageKind, Stance,
    Strength, Way,
};
pub use particulars::{Particulars, Person, Side, Stage, TimeOfDay};
pub use reference::is_reference;
pub use withhold::{WITHHELD, form_fields};

use serde::Serialize;

use crate::country::CountryCode;
use crate::day::{Day, PartialDate};

/// An incident, whole: everything that publishing asks for is there and checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// One line that says what happened, where and by whom.
    pub title: String,
    /// Where people were affected. At least one, but for starter incidents whose places are known in words only.
    pub places: Vec<CountryCode>,
    /// The place in words ("North-West and South-West regions").
    pub place_name: String,
    /// What kind of act.
    pub kind: Kind,
    /// What it is shown as: only alleged misuse enters counts.
    pub bearing: Bearing,
    /// When it began.
    pub start: PartialDate,
    /// When it ended, where known.
    pub end: Option<PartialDate>,
    /// Still going on at the last source; `None` where no source says.
    pub ongoing: Option<bool>,
    /// Who acted, and which state is said to be answerable.
    pub actors: Vec<Actor>,
    /// What kind of authority decided.
    pub authority_kind: AuthorityKind,
    /// Its name, where known.
    pub authority: String,
    /// The decision or order.
    pub decision: String,
    /// The law it rested on, as named.
    pub law: String,
    /// The law's article.
    pub article: String,
    /// What the authority gave as its reason.
    pub justification: Justification,
    /// The event that other sources tie it to.
    pub documented_cause: String,
    /// What the authority said of it.
    pub stance: Option<Stance>,
    /// What went on at the time.
    pub contexts: Vec<Context>,
    /// Services, one each.
    pub services: Vec<String>,
    /// Networks, one each.
    pub networks: Vec<String>,
    /// How many people, with the basis of the estimate, in the source's words.
    pub people_affected: String,
    /// How it ended: judgment, lifting, appeal.
    pub outcome: String,
    /// What happened, in our words.
    pub narrative: String,
    /// The narrative's language (BCP 47).
    pub language: String,
    /// Everything that says so. At least one.
    pub sources: Vec<Source>,
    /// A state reached beyond its own territory.
    pub transnational: bool,
    /// The series of repeated orders it belongs to.
    pub series: String,
    /// References or keys of related incidents.
    pub related: Vec<String>,
    /// The rule by which somebody is named, or that nobody is; `None` only in the starter record. The reviewer's
    /// reason stays at the desk.
    pub naming: Option<NamingRule>,
    /// Whom the organisation asked for comment.
    pub comment: CommentSought,
    /// Where it comes from: a case of an organisation, or the starter record.
    pub provenance: Provenance,
    /// Treaty links, findings, assessments, factors. Empty means "not yet analysed".
    pub analysis: Analysis,
    /// What only some kinds have.
    pub particulars: Particulars,
}

/// Someone who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// What they did.
    pub role: ActorRole,
    /// The state said to be answerable, if one is.
    pub state: Option<CountryCode>,
    /// Who says so, and how strongly.
    pub attribution: Attribution,
    /// Their name or office.
    pub name: String,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// Its title, where known.
    pub title: String,
    /// What kind of source; `None` where nobody recorded it.
    pub kind: Option<SourceKind>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Who published it first; reprints count once, unknown counts as not independent.
    pub first_published_by: String,
}

/// What the authority gave as its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Justification {
    /// In the authority's words or a summary of them.
    Given(String),
    /// Looked for and not found.
    NoneFound,
    /// Nobody recorded whether there was one (starter record only).
    NotRecorded,
}

/// Whom the organisation asked for comment, when, and what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum CommentSought {
    /// Asked.
    Asked {
        /// From whom.
        from: String,
        /// When.
        when: PartialDate,
        /// The answer; empty means none came.
        answer: String,
    },
    /// Not asked, and why.
    NotAsked {
        /// The reason.
        reason: String,
    },
    /// Nobody recorded it (starter record only).
    NotRecorded,
}

impl Incident {
    /// The states said to be answerable, each once, in order; not those where attribution is not established.
    pub fn answerable(&self) -> Vec<CountryCode> {
        let mut states: Vec<_> = self
            .actors
            .iter()
            .filter(|a| a.attribution != Attribution::NotEstablished)
            .filter_map(|a| a.state)
            .collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// The countries where it happened that no attribution makes answerable.
    pub fn happened_here(&self) -> Vec<CountryCode> {
        let answerable = self.answerable();
        let mut places: Vec<_> = self.places.iter().copied().filter(|p| !answerable.contains(p)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The strongest attribution for `state`, if it is answerable.
    pub fn attribution_of(&self, state: CountryCode) -> Option<Attribution> {
        self.actors
            .iter()
            .filter(|a| a.state == Some(state) && a.attribution != Attribution::NotEstablished)
            .map(|a| a.attribution)
            .min()
    }

    /// The last day on which it can have been going on, as far as is known: its end, else its start.
    pub fn last_day(&self) -> Day {
        self.end.unwrap_or(self.start).last()
    }

    /// How many days it lasted, from the bounds of start and end; `None` without an end.
    pub fn duration_days(&self) -> Option<(i32, i32)> {
        let end = self.end?;
        let days = |from: Day, to: Day| from.until(to).ok().map(|span| span.get_days().max(0) + 1);
        let least = if end.first() < self.start.last() { 1 } else { days(self.start.last(), end.first())? };
        Some((least, days(self.start.first(), end.last())?))
    }

    /// It enters counts, maps and headlines: alleged misuse, not a law or draft, with somebody answerable.
    pub fn counts(&self) -> bool {
        self.bearing == Bearing::AllegedMisuse
            && self.kind != Kind::LawOrDraft
            && !self.answerable().is_empty()
    }
}

#[cfg(test)]
pub(crate) mod tests;
