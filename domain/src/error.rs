//! What was wrong and where: a field, a code, and the parameters its sentence needs.

use serde::{Deserialize, Serialize};

/// One thing wrong with one field. `field` is the name the form and the importer use (`start`, `sources.0.url`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {problem:?}")]
pub struct FieldError {
    /// The field's path, as in the form: `country`, `sources.0.url`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl FieldError {
    /// An error at `field`.
    pub fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self { field: field.into(), problem }
    }
}

/// What can be wrong with a value. Each has a sentence in `text` under [`Problem::code`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Problem {
    /// Nothing was given where something is needed.
    Missing,
    /// Longer than the field allows, in characters.
    TooLong {
        /// The number of characters given.
        given: usize,
        /// The number of characters allowed.
        most: usize,
    },
    /// Shorter than the field asks for (two sentences, say).
    TooShort,
    /// Not a date at all; `value` is what was typed.
    NotADate {
        /// What was typed.
        value: String,
    },
    /// A day that no calendar has, such as 31 February.
    NoSuchDay {
        /// What was typed.
        value: String,
        /// The last day that this month has.
        last: i8,
    },
    /// Not a time of day.
    NotATime {
        /// What was typed.
        value: String,
    },
    /// A time of day is given for a day that is not known to the day.
    TimeWithoutDay,
    /// Not a whole number above zero.
    NotANumber {
        /// What was typed.
        value: String,
    },
    /// The end lies before the start.
    EndBeforeStart,
    /// The day lies after today.
    InTheFuture {
        /// What was typed.
        value: String,
    },
    /// Not a time of a day that lies ahead.
    NotAhead {
        /// What was typed.
        value: String,
    },
    /// Not one of the values a list has.
    NotInList {
        /// What was typed.
        value: String,
    },
    /// A country or area nobody knows by that name; `near` are the nearest that exist.
    UnknownCountry {
        /// What was typed.
        value: String,
        /// Names that are near it.
        near: Vec<String>,
    },
    /// Several countries or areas are called so; `near` are they.
    SeveralCountries {
        /// What was typed.
        value: String,
        /// Their names.
        near: Vec<String>,
    },
    /// Not a web address beginning with http:// or https://.
    NotAnAddress {
        /// What was typed.
        value: String,
    },
    /// Characters that cannot be kept (control characters, unpaired surrogates).
    BadCharacters,
    /// A name that is not made of lower-case letters, digits and hyphens.
    NotASlug {
        /// What was typed.
        value: String,
    },
    /// The same thing stands on record already.
    AlreadyThere,
    /// Nothing is different from what stands.
    Unchanged,
    /// Other parts of the record still point to it.
    InUse {
        /// How many.
        count: i64,
    },
    /// Two fields say the same thing in two ways; one of them has to be empty.
    SaidTwice,
    /// The day on which a source was read is given, and not that the fact was checked against it.
    DayWithoutCheck,
    /// More entries than a list may have.
    TooMany {
        /// The number allowed.
        most: usize,
    },
    /// A private person or company is named on the word of a single source.
    NamedByOneSource,
    /// The naming check was not answered.
    NamingNotChecked,
    /// What is to be shown instead is as exact as what it is to hide.
    NotLessExact,
    /// What was blurred still stands in this text, and nobody has said that it may.
    StillSaysIt,
    /// A person is named, and the naming check says that nobody is.
    NamedAgainstCheck,
    /// "Intent to silence" needs a finding, an official statement or two independent analyses.
    IntentNeedsBasis,
    /// "Relied on" needs an official text or statement.
    NeedsOfficial,
    /// A treaty nobody knows by that name; `near` are the nearest that are on record.
    UnknownTreaty {
        /// What was typed.
        value: String,
        /// Names that are near it.
        near: Vec<String>,
    },
    /// Several treaties are called so; `near` are they.
    SeveralTreaties {
        /// What was typed.
        value: String,
        /// Their names.
        near: Vec<String>,
    },
    /// A provision that the treaty does not have on record; `near` are the nearest that it has.
    UnknownProvision {
        /// What was typed.
        value: String,
        /// Numbers that are near it.
        near: Vec<String>,
    },
    /// The treaty was in force for none of these states on any day that the incident can have touched.
    NotInForce {
        /// Their names.
        states: Vec<String>,
    },
    /// The treaty was in force for these states on every day that the incident can have touched.
    InForce {
        /// Their names.
        states: Vec<String>,
    },
    /// The test of this right has no such part.
    NotAPart {
        /// The part.
        value: String,
    },
    /// Somebody would be named who did not agree to it.
    NotAgreed,
}

impl Problem {
    /// The key of this problem's sentence in `text`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::TooShort => "too-short",
            Self::NotADate { .. } => "not-a-date",
            Self::NoSuchDay { .. } => "no-such-day",
            Self::NotATime { .. } => "not-a-time",
            Self::TimeWithoutDay => "time-without-day",
            Self::NotANumber { .. } => "not-a-number",
            Self::EndBeforeStart => "end-before-start",
            Self::InTheFuture { .. } => "in-the-future",
            Self::NotAhead { .. } => "not-ahead",
            Self::NotInList { .. } => "not-in-list",
            Self::UnknownCountry { .. } => "unknown-country",
            Self::SeveralCountries { .. } => "several-countries",
            Self::NotAnAddress { .. } => "not-an-address",
            Self::BadCharacters => "bad-characters",
            Self::NotASlug { .. } => "not-a-slug",
            Self::AlreadyThere => "already-there",
            Self::Unchanged => "unchanged",
            Self::InUse { .. } => "in-use",
            Self::SaidTwice => "said-twice",
            Self::DayWithoutCheck => "day-without-check",
            Self::TooMany { .. } => "too-many",
            Self::NamedByOneSource => "named-by-one-source",
            Self::NamingNotChecked => "naming-not-checked",
            Self::NotLessExact => "not-less-exact",
            Self::StillSaysIt => "still-says-it",
            Self::NamedAgainstCheck => "named-against-check",
            Self::IntentNeedsBasis => "intent-needs-basis",
            Self::NeedsOfficial => "needs-official",
            Self::UnknownTreaty { .. } => "unknown-treaty",
            Self::SeveralTreaties { .. } => "several-treaties",
            Self::UnknownProvision { .. } => "unknown-provision",
            Self::NotInForce { .. } => "not-in-force",
            Self::InForce { .. } => "in-force",
            Self::NotAPart { .. } => "not-a-part",
            Self::NotAgreed => "not-agreed",
        }
    }
}
