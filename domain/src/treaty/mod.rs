//! Treaties (and norms and directives), their provisions, and what states did under them.

mod action;
pub(crate) use action::slugs;
mod library;
mod provision;
mod rule;

pub use action::{ActionKind, Effect, TreatyAction};
pub use library::Library;
pub use provision::{Provision, ProvisionNumber, TOPICS};
pub use rule::{EffectRule, OpenTo};

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::country::CountryCode;
use crate::day::{Day, DayBounds, PartialDate};
use crate::error::Problem;

/// A treaty's name in addresses: lower-case letters, digits and hyphens (`budapest-protocol-2`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TreatySlug(String);

impl TreatySlug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TreatySlug {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let fits = !text.is_empty()
            && text.len() <= 60
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(Problem::NotInList { value: text.to_owned() }) }
    }
}

impl TryFrom<String> for TreatySlug {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|_| format!("not a treaty slug: {text}"))
    }
}

impl From<TreatySlug> for String {
    fn from(slug: TreatySlug) -> Self {
        slug.0
    }
}

impl fmt::Display for TreatySlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of instrument it is: only treaties are consented to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstrumentKind {
    /// States consent to it.
    Treaty,
    /// Voluntary norms: they address states, nobody is party.
    Norms,
    /// A directive: it addresses members of an organisation by their membership.
    Directive,
}

/// Whether and since when a treaty is in force at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InForce {
    /// Since this day.
    Since(Day),
    /// Known not to be in force as of this day.
    NotAsOf(Day),
    /// Nobody recorded it.
    NotRecorded,
}

/// How far the list of a treaty's actions reaches. Complete for *joining* to one day and for *leaving* to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListReach {
    /// Every signature and consent done up to this day is on the list.
    pub joining_complete_to: Option<Day>,
    /// Every end done up to this day is on the list.
    pub leaving_complete_to: Option<Day>,
    /// The day the list was last seen.
    pub last_seen: Option<Day>,
}

/// A treaty, or an instrument like one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treaty {
    /// Its name in addresses.
    pub slug: TreatySlug,
    /// Official title.
    pub official_title: String,
    /// Short title, as people call it.
    pub short_title: String,
    /// Treaty, norms or directive.
    pub kind: InstrumentKind,
    /// Who keeps the instruments.
    pub depositary: Option<String>,
    /// When its text was adopted.
    pub adopted: Option<PartialDate>,
    /// When and where it was opened for signature.
    pub opened: Option<PartialDate>,
    /// Where it was opened.
    pub opened_place: Option<String>,
    /// The last day on which it is open for signature (accession goes on).
    pub open_until: Option<Day>,
    /// Who may become a party.
    pub open_to: OpenTo,
    /// The same in words.
    pub open_to_words: String,
    /// Rule for entering into force, in words.
    pub entry_into_force_rule: String,
    /// Whether and since when it is in force.
    pub in_force: InForce,
    /// When a consent takes effect for one more state.
    pub effect_rule: EffectRule,
    /// The same in words.
    pub effect_words: String,
    /// When a denunciation takes effect; `None` where none is possible or nothing is recorded.
    pub denunciation_rule: EffectRule,
    /// The same in words.
    pub denunciation_words: String,
    /// Languages of the authentic texts.
    pub languages: Vec<String>,
    /// Where its text can be read.
    pub text_url: Option<String>,
    /// Whether the rules above were checked against an official source.
    pub rules_checked: bool,
    /// The day on which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<Day>,
    /// How many parties a source counts, and as of when: a number only where one is recorded.
    pub parties_count: Option<(u32, PartialDate)>,
    /// How far its list reaches.
    pub list: ListReach,
    /// Where these particulars come from.
    pub source_url: String,
    /// What a reader should know of them.
    pub note: String,
}

impl Treaty {
    /// The day bounds of its opening (or adoption, where no opening is recorded).
    pub fn opened_bounds(&self) -> Option<DayBounds> {
        self.opened.or(self.adopted).map(|date| date.bounds())
    }
}

/// One state's membership of a group that decides to whom a treaty is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// The group (`AU`, `LAS`, `COE`).
    pub group: String,
    /// The member.
    pub country: CountryCode,
    /// First day of membership; `None` where not recorded.
    pub from: Option<Day>,
    /// Last day of membership; `None` while it lasts.
    pub to: Option<Day>,
    /// Checked against a source.
    #[serde(default)]
    pub checked: bool,
    /// The day on which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<Day>,
    /// Where this comes from.
    pub source: String,
}
