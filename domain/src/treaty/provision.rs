//! Provisions, addressable down to the paragraph: `6(2)`, `40(22)`, `19(3)`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::TreatySlug;
use crate::day::Day;
use crate::error::Problem;

/// What provisions are about: the one list of topics. Each has its name in `text`.
pub const TOPICS: &[&str] = &[
    "attempt-aiding",
    "capacity-building",
    "child-abuse-material",
    "content-morals",
    "content-speech",
    "content-terrorism",
    "copyright",
    "corporate-liability",
    "critical-infrastructure",
    "data-interference",
    "data-protection",
    "definitions",
    "direct-request-provider",
    "due-diligence",
    "entry-into-force",
    "expedited-preservation-cross-border",
    "extradition",
    "forgery",
    "fraud",
    "freezing",
    "grooming",
    "human-rights-clause",
    "illegal-access",
    "illegal-interception",
    "interception-content",
    "intimate-images",
    "joint-investigation",
    "jurisdiction",
    "law-enforcement-cooperation",
    "misuse-of-devices",
    "money-laundering",
    "monitoring-body",
    "mutual-legal-assistance",
    "network-24-7",
    "other",
    "participation-civil-society",
    "preservation",
    "prevention",
    "production-order",
    "racism-xenophobia",
    "real-time-traffic",
    "refusal-grounds",
    "safeguards",
    "scope-of-powers",
    "search-seizure",
    "system-interference",
    "traffic-data-disclosure",
    "transborder-access",
];

/// A provision's number as its treaty writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProvisionNumber(String);

impl ProvisionNumber {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The article it belongs to: `19` of `19(3)`.
    pub fn article(&self) -> &str {
        self.0.split('(').next().unwrap_or(&self.0)
    }

    /// A key that sorts `2` before `10` and `6` before `6(2)`.
    pub fn sort_key(&self) -> (u32, &str) {
        let digits: String = self.0.chars().take_while(char::is_ascii_digit).collect();
        (digits.parse().unwrap_or(u32::MAX), &self.0)
    }
}

impl FromStr for ProvisionNumber {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let fits = !text.is_empty()
            && text.chars().count() <= 60
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "()-. ,".contains(c));
        if fits { Ok(Self(text.to_owned())) } else { Err(Problem::NotInList { value: text.to_owned() }) }
    }
}

impl TryFrom<String> for ProvisionNumber {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|_| format!("not a provision number: {text}"))
    }
}

impl From<ProvisionNumber> for String {
    fn from(number: ProvisionNumber) -> Self {
        number.0
    }
}

impl fmt::Display for ProvisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A provision of a treaty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    /// The treaty it belongs to.
    pub treaty: TreatySlug,
    /// Its number.
    pub number: ProvisionNumber,
    /// Its heading.
    pub heading: String,
    /// The heading is ours, because the source gave none or was in another language.
    pub heading_is_ours: bool,
    /// Its topics, slugs from one list.
    pub topics: Vec<String>,
    /// The words that bind ("shall adopt"), where a source gave them.
    pub binding_words: String,
    /// Checked against the official text.
    pub checked: bool,
    /// The day on which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<Day>,
    /// Where it was seen.
    pub source_url: String,
    /// What a reader should know.
    pub note: String,
}
