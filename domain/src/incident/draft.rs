//! A draft: every field optional, kept as typed.

use serde::{Deserialize, Serialize};

use super::analysis::{Assessment, Outcome, Part, Right};
use super::lists::{Attribution, PartOutcome, RightTest};
use crate::country::CountryCode;

/// Where an incident comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// A case of an organisation, reviewed by two persons.
    #[default]
    Desk,
    /// The starter record, not reviewed by an organisation.
    Starter,
}

/// A case's content while it is worked on. Every field is what was typed; nothing is refused by saving.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// See [`super::Incident::title`]; all fields below have the names of the incident's.
    pub title: String,
    /// Where people were affected: codes or names, as typed.
    pub places: Vec<String>,
    /// The place in words.
    pub place_name: String,
    /// Slug of the kind.
    pub kind: String,
    /// Slug of the bearing.
    pub bearing: String,
    /// Start, as typed.
    pub start: String,
    /// End, as typed.
    pub end: String,
    /// `yes`, `no` or nothing.
    pub ongoing: String,
    /// Actors.
    pub actors: Vec<DraftActor>,
    /// Slug of the kind of authority.
    pub authority_kind: String,
    /// Its name.
    pub authority: String,
    /// The decision.
    pub decision: String,
    /// The law.
    pub law: String,
    /// Its article.
    pub article: String,
    /// The authority's reason.
    pub justification: String,
    /// `yes` where one was looked for and none found.
    pub no_justification_found: String,
    /// What other sources tie it to.
    pub documented_cause: String,
    /// Slug of the authority's stance.
    pub stance: String,
    /// Slugs of contexts.
    pub contexts: Vec<String>,
    /// Services, one a line.
    pub services: String,
    /// Networks, one a line.
    pub networks: String,
    /// People affected.
    pub people_affected: String,
    /// How it ended.
    pub outcome: String,
    /// What happened.
    pub narrative: String,
    /// The narrative's language.
    pub language: String,
    /// Sources.
    pub sources: Vec<DraftSource>,
    /// `yes` where a state reached beyond its territory.
    pub transnational: String,
    /// Series of repeated orders.
    pub series: String,
    /// Related incidents, one a line.
    pub related: String,
    /// Slug of the naming rule.
    pub naming: String,
    /// The reason.
    pub naming_reason: String,
    /// Who was asked for comment.
    pub comment_from: String,
    /// When.
    pub comment_when: String,
    /// What they answered.
    pub comment_answer: String,
    /// Why nobody was asked.
    pub comment_not_asked: String,
    /// Treaty links.
    pub links: Vec<DraftLink>,
    /// Findings.
    pub findings: Vec<DraftFinding>,
    /// Assessments.
    pub assessments: Vec<DraftAssessment>,
    /// Contributing factors.
    pub factors: Vec<DraftFactor>,
    /// When it began, by the clocks there; see [`super::Particulars`] for this and what follows.
    pub start_time: String,
    /// When it ended.
    pub end_time: String,
    /// Slug of the extent.
    pub extent: String,
    /// Groups it was aimed at, one a line.
    pub aimed_at: String,
    /// Slug of the channel.
    pub channel: String,
    /// Code or name of the requesting state.
    pub requesting_state: String,
    /// Its authority.
    pub requesting_authority: String,
    /// Code or name of the requested state.
    pub requested_state: String,
    /// Its authority.
    pub requested_authority: String,
    /// The provider.
    pub provider: String,
    /// Targets, one a line.
    pub targets: String,
    /// Persons.
    pub persons: Vec<DraftPerson>,
    /// Stages.
    pub stages: Vec<DraftStage>,
    /// Where it comes from. No form field sets this; only the loading of the starter record does.
    pub provenance: Provenance,
}

impl Draft {
    /// The states that are said to be answerable, each once, as far as they are known by their codes.
    pub fn answerable(&self) -> Vec<CountryCode> {
        let mut states: Vec<CountryCode> = self
            .actors
            .iter()
            .filter(|a| a.attribution.parse().is_ok_and(|it: Attribution| it != Attribution::NotEstablished))
            .filter_map(|a| a.state.trim().parse().ok())
            .collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// Nothing but the analysis tells it from `other`.
    pub fn differs_in_analysis_alone(&self, other: &Self) -> bool {
        let with_that_of_other = Self {
            links: other.links.clone(),
            findings: other.findings.clone(),
            assessments: other.assessments.clone(),
            factors: other.factors.clone(),
            ..self.clone()
        };
        with_that_of_other == *other
    }
}

impl DraftAssessment {
    /// Every part of the test of its right stands among its parts: those not there yet come last, with nothing said of
    /// them. What was said of parts that the test does not have stays.
    pub(crate) fn lay_out(&mut self) {
        let Ok(test) = self.right.parse::<RightTest>() else { return };
        for name in test.parts() {
            if self.parts.iter().any(|part| part.name == *name) {
                continue;
            }
            self.parts.push(DraftPart { name: (*name).to_owned(), ..DraftPart::default() });
        }
    }
}

impl DraftAssessment {
    /// No test of the list fits.
    pub fn right_is_in_words(&self) -> bool {
        self.right.trim() == RightTest::NONE_FITS
    }

    /// What the parts come to as far as they are said: an open part is unclear.
    pub fn outcome(&self) -> Outcome {
        let right = if self.right_is_in_words() {
            Right::Other(self.other_right.clone())
        } else {
            Right::named(&self.right)
        };
        let is_of_right = |part: &&DraftPart| {
            let name = part.name.trim();
            if right.parts().is_empty() { !name.is_empty() } else { right.parts().contains(&name) }
        };
        let parts = self.parts.iter().filter(is_of_right).map(|part| Part {
            name: part.name.trim().to_owned(),
            outcome: part.outcome.parse().unwrap_or(PartOutcome::Unclear),
            reason: String::new(),
        });
        let parts = parts.collect();
        Assessment { right, parts, by: String::new(), date: None }.outcome()
    }
}

impl DraftPart {
    /// Nothing is said of the part.
    pub fn is_open(&self) -> bool {
        self.outcome.trim().is_empty() && self.reason.trim().is_empty()
    }
}

/// An actor, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftActor {
    /// Slug of the role.
    pub role: String,
    /// Code or name of the state.
    pub state: String,
    /// Slug of the attribution.
    pub attribution: String,
    /// Name or office.
    pub name: String,
}

/// A source, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftSource {
    /// Address.
    pub url: String,
    /// Title.
    pub title: String,
    /// Slug of the kind.
    pub kind: String,
    /// When it was published.
    pub published: String,
    /// Who published it first.
    pub first_published_by: String,
}

/// A person or several, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftPerson {
    /// Slug of the role.
    pub role: String,
    /// How many.
    pub number: String,
    /// Name.
    pub name: String,
}

/// A stage, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftStage {
    /// Slug of the stage.
    pub stage: String,
    /// When.
    pub date: String,
    /// What came of it.
    pub note: String,
}

/// A treaty link, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftLink {
    /// Slug of the treaty.
    pub treaty: String,
    /// The provision's number.
    pub provision: String,
    /// Slug of the way of being engaged.
    pub way: String,
    /// Slug of the strength.
    pub strength: String,
    /// Who says so.
    pub said_by: String,
    /// Why.
    pub reason: String,
    /// Where that can be read.
    pub source_url: String,
}

/// A finding, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftFinding {
    /// The body.
    pub body: String,
    /// Slug of its kind.
    pub kind: String,
    /// When.
    pub date: String,
    /// Its reference.
    pub reference: String,
    /// The provision.
    pub provision: String,
    /// The result.
    pub result: String,
    /// A quotation.
    pub quotation: String,
    /// Where it can be read.
    pub source_url: String,
}

/// An assessment, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftAssessment {
    /// The right and its test, from the list; or [`RightTest::NONE_FITS`].
    pub right: String,
    /// The right in words, where no test fits.
    pub other_right: String,
    /// Its parts.
    pub parts: Vec<DraftPart>,
    /// Which organisation.
    pub by: String,
    /// When.
    pub date: String,
}

/// A part of a test, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftPart {
    /// Which part.
    pub name: String,
    /// Slug of the outcome.
    pub outcome: String,
    /// Why.
    pub reason: String,
}

/// A factor, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftFactor {
    /// Slug of the factor.
    pub kind: String,
    /// Slug of what it rests on.
    pub basis: String,
    /// Who alleges it.
    pub alleged_by: String,
    /// Why.
    pub reason: String,
    /// Where that can be read.
    pub source_url: String,
}
