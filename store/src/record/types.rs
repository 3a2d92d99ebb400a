//! What the record answers with.

use domain::Day;
use domain::PartialDate;
use domain::country::CountryCode;
use domain::fact::Fact;
use domain::incident::{Attribution, Bearing, Incident, Kind};
use domain::reply::{Outcome, ReplyKind};

/// The newest edition and the number of withdrawals: what every cache follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// The newest edition; 0 where nothing was published yet.
    pub edition: i64,
    /// Raised by each hiding, restoring, redaction and erasure.
    pub withdrawals: i64,
}

/// One publication act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number: one higher with every publication act.
    pub number: i64,
    /// The day it was published, in UTC: "today" of every answer as of this edition.
    pub day: Day,
    /// What was done.
    pub cause: Cause,
    /// The incident it concerns, if one.
    pub reference: Option<String>,
    /// That incident's title as of this edition.
    pub title: Option<String>,
    /// The reason given for a correction or retraction.
    pub reason: String,
    /// The methodology's version that holds for it.
    pub methodology: String,
}

/// Why an edition was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The starter record was loaded.
    Starter,
    /// An incident was published for the first time.
    Publication,
    /// A published incident was corrected.
    Correction,
    /// A published incident was retracted.
    Retraction,
    /// A reply to an incident was answered.
    Reply,
    /// Facts (treaties, actions, areas …) were added, changed, ended or checked.
    Facts,
    /// A published incident was marked as disputed.
    Dispute,
    /// That mark was taken off.
    DisputeLifted,
}

impl Cause {
    /// Its slug.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Publication => "publication",
            Self::Correction => "correction",
            Self::Retraction => "retraction",
            Self::Reply => "reply",
            Self::Facts => "facts",
            Self::Dispute => "dispute",
            Self::DisputeLifted => "dispute-lifted",
        }
    }
}

/// What stands at an incident's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IncidentAnswer {
    /// The incident.
    Published(Box<PublicIncident>),
    /// Taken back, with the reason.
    Retracted(Retracted),
    /// Withheld pending review: nothing else is said, at any edition.
    Withheld,
    /// Erased for good.
    Erased,
}

/// A published incident as of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicIncident {
    /// `TW-2016-0001`.
    pub reference: String,
    /// Its content.
    pub incident: Incident,
    /// The stored canonical JSON.
    pub json: String,
    /// SHA-256 of that.
    pub content_hash: String,
    /// The hash before a redaction, if this one is its successor.
    pub hash_before: Option<String>,
    /// The edition in which this version first stood.
    pub edition_from: i64,
    /// Fields withheld for safety, and since when.
    pub withheld_fields: Vec<WithheldField>,
    /// Evidence shown with it, in order.
    pub evidence: Vec<PublicEvidence>,
    /// What came of replies to it.
    pub replies: Vec<PublicReply>,
    /// That somebody disputes it.
    pub dispute: Option<Dispute>,
    /// Publication, corrections: oldest first, up to the edition asked for.
    pub history: Vec<Edition>,
}

/// An evidence file, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEvidence {
    /// Its id for readers.
    pub id: String,
    /// The original's type.
    pub media_type: String,
    /// The original's size in bytes, rounded up to two figures.
    pub rounded_bytes: u64,
    /// What can be seen or read in it.
    pub shows: String,
    /// The type of the copy; empty where there is none to be seen.
    pub copy_type: String,
    /// The copy's width and height in pixels.
    pub copy_size: (i64, i64),
    /// Since when it is withheld, at whatever edition.
    pub withdrawn_on: Option<Day>,
}

/// What came of a reply, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReply {
    /// Its id for readers.
    pub id: String,
    /// What it asked for.
    pub kind: ReplyKind,
    /// What came of it.
    pub outcome: Outcome,
    /// When it was answered.
    pub day: Day,
    /// Who replied; empty where they did not agree to be named.
    pub party: String,
    /// Their words, where they are shown.
    pub words: String,
    /// Why, in the organisation's words; empty where nothing was said.
    pub reason: String,
    /// The edition that corrected or retracted the incident.
    pub corrected_in: Option<i64>,
    /// The edition in which this first stood.
    pub edition: i64,
    /// Since when its words are withheld, at whatever edition.
    pub withheld_on: Option<Day>,
}

/// That somebody disputes an incident: a mark beside its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Who disputes it. Empty where that was redacted.
    pub said_by: String,
    /// Why. Empty where that was redacted.
    pub reason: String,
    /// The edition that marked it.
    pub edition_from: i64,
}

/// A field withheld for safety.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithheldField {
    /// The field's name.
    pub field: String,
    /// Since which day.
    pub on: Day,
}

/// A retracted incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retracted {
    /// Its reference.
    pub reference: String,
    /// The reason given.
    pub reason: String,
    /// When.
    pub on: Day,
    /// The edition that retracted it; its content is at the editions before.
    pub edition: i64,
    /// What came of replies to it.
    pub replies: Vec<PublicReply>,
    /// Publication, corrections, retraction: oldest first.
    pub history: Vec<Edition>,
}

/// One line of a list of incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentLine {
    /// `TW-2016-0001`.
    pub reference: String,
    /// Its content (lists show standing, kind, bearing, dates, grade).
    pub incident: Incident,
    /// The edition in which this version first stood.
    pub edition_from: i64,
    /// Somebody disputes it.
    pub is_disputed: bool,
}

/// Which incidents a list asks for. Every field that is `None` asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IncidentFilter {
    /// Answerable or happened there.
    pub country: Option<CountryCode>,
    /// Kind.
    pub kind: Option<Kind>,
    /// Bearing.
    pub bearing: Option<Bearing>,
    /// A year that its days overlap.
    pub year: Option<i16>,
    /// A treaty that it is linked to.
    pub treaty: Option<String>,
    /// Where the page begins: after this line of the last page.
    pub after: Option<After>,
    /// At most so many lines; 0 means all.
    pub limit: i64,
}

/// A place in a list sorted by first possible day, newest first, then reference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct After {
    /// First possible day of the last line shown.
    pub start: String,
    /// Its reference.
    pub reference: String,
}

/// How many incidents a country has, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountryCount {
    /// Alleged misuse, laws and drafts apart, for which the country is answerable.
    pub answerable: i64,
    /// Everything else that lists it.
    pub others: i64,
}

/// Where a source of what stands on record is used by a country: for lines of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Said to be answerable, with who says so.
    Answerable(Attribution),
    /// It happened there.
    HappenedHere,
}

/// A line's relation to `country`.
pub fn relation(incident: &Incident, country: CountryCode) -> Relation {
    incident.attribution_of(country).map_or(Relation::HappenedHere, Relation::Answerable)
}

/// An indicator's release as of an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The indicator.
    pub indicator: domain::indicator::Indicator,
    /// The key that its observations stand under.
    pub id: String,
    /// SHA-256 of its observations.
    pub hash: String,
    /// The edition that brought it.
    pub edition_from: i64,
}

/// A version of a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct FactLine {
    /// The fact's own key, which stays through all its versions.
    pub id: String,
    /// This version's key.
    pub version: String,
    /// The edition that brought it.
    pub edition_from: i64,
    /// The edition in which it stood no more; none while it stands.
    pub edition_to: Option<i64>,
    /// What it says.
    pub fact: Fact,
}

/// Which facts a list asks for. What is empty asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactFilter {
    /// Of a treaty.
    pub treaty: String,
    /// Of a country, by its code.
    pub country: String,
    /// Where the page begins: after the fact with this key.
    pub after: String,
    /// At most so many.
    pub limit: i64,
}

/// The years an incident's days can lie in.
pub fn years_of(start: PartialDate, end: Option<PartialDate>) -> std::ops::RangeInclusive<i16> {
    start.first().year()..=end.unwrap_or(start).last().year()
}
