//! Analysis: what a case means, said separately, often by another person, each with who says so.

use std::fmt;

use serde::Serialize;

use super::lists::{FactorBasis, FactorKind, FindingKind, PartOutcome, RightTest, Strength, Way};
use crate::day::PartialDate;
use crate::treaty::{ProvisionNumber, TreatySlug};

/// Everything said about what an incident means. All empty: "not yet analysed".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Analysis {
    /// Treaty links.
    pub links: Vec<TreatyLink>,
    /// Findings of courts and bodies: they stand above our own assessments.
    pub findings: Vec<Finding>,
    /// Assessments per right.
    pub assessments: Vec<Assessment>,
    /// Contributing factors.
    pub factors: Vec<Factor>,
}

/// A provision of a treaty that the incident engages, and the way it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TreatyLink {
    /// The treaty.
    pub treaty: TreatySlug,
    /// The provision.
    pub provision: ProvisionNumber,
    /// The way of being engaged.
    pub way: Way,
    /// How strongly that is founded.
    pub strength: Strength,
    /// Who says so.
    pub said_by: String,
    /// Why.
    pub reason: String,
    /// Where that can be read.
    pub source_url: String,
}

/// What a court or body held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The body.
    pub body: String,
    /// What kind of body.
    pub kind: FindingKind,
    /// When, as precisely as known.
    pub date: Option<PartialDate>,
    /// Its reference.
    pub reference: String,
    /// The provision it rests on.
    pub provision: String,
    /// What it held, in our words.
    pub result: String,
    /// What it said, in its own.
    pub quotation: String,
    /// Where it can be read.
    pub source_url: String,
}

/// An organisation's assessment of one right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The right and its test ("ICCPR 19(3)").
    pub right: Right,
    /// The parts of the test.
    pub parts: Vec<Part>,
    /// Which organisation says so.
    pub by: String,
    /// When.
    pub date: Option<PartialDate>,
}

/// A right that is assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub enum Right {
    /// By a test of the list.
    Tested(RightTest),
    /// No test of the list fits: the right in words.
    Other(String),
}

impl Right {
    /// The right that `text` names.
    pub fn named(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Other(text.trim().to_owned()), Self::Tested)
    }

    /// The parts that an assessment of it has to have; none where no test fits.
    pub fn parts(&self) -> &'static [&'static str] {
        match self {
            Self::Tested(test) => test.parts(),
            Self::Other(_) => &[],
        }
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tested(test) => f.write_str(test.slug()),
            Self::Other(name) => f.write_str(name),
        }
    }
}

impl From<Right> for String {
    fn from(right: Right) -> Self {
        right.to_string()
    }
}

/// One part of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which part ("provided by law").
    pub name: String,
    /// Met, not met, unclear.
    pub outcome: PartOutcome,
    /// Why.
    pub reason: String,
}

/// The outcome of a whole assessment: derived, never typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// All parts are met.
    Met,
    /// Some part is not.
    NotMet,
    /// Neither.
    Open,
}

impl Assessment {
    /// *Not met* if any part is not, *met* only if all are, else *open*. A part of the test that nobody has spoken of
    /// is not met by silence.
    pub fn outcome(&self) -> Outcome {
        let met = |part: &Part| part.outcome == PartOutcome::Met;
        let spoken_of = |name: &&str| self.parts.iter().any(|part| part.name == **name);
        if self.parts.iter().any(|p| p.outcome == PartOutcome::NotMet) {
            Outcome::NotMet
        } else if !self.parts.is_empty()
            && self.parts.iter().all(met)
            && self.right.parts().iter().all(spoken_of)
        {
            Outcome::Met
        } else {
            Outcome::Open
        }
    }
}

/// Something that contributed to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Factor {
    /// What.
    pub kind: FactorKind,
    /// What that rests on.
    pub basis: FactorBasis,
    /// Who alleges it, where it is alleged.
    pub alleged_by: String,
    /// Why.
    pub reason: String,
    /// Where that can be read.
    pub source_url: String,
}

impl Analysis {
    /// Nothing has been said yet.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
            && self.findings.is_empty()
            && self.assessments.is_empty()
            && self.factors.is_empty()
    }
}
