//! Schema `incident/1`. Frozen: never change what these structs write.

use serde::{Deserialize, Serialize};

use super::Unreadable;
use crate::error::Problem;
use crate::incident::{
    Actor, Analysis, Assessment, CommentSought, Factor, Finding, Incident, Justification, Part, Particulars,
    Provenance, Right, Source, TreatyLink,
};

pub(super) const SCHEMA: &str = "incident/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IncidentV1 {
    schema: String,
    title: String,
    places: Vec<String>,
    place_name: String,
    kind: String,
    bearing: String,
    start: String,
    end: Option<String>,
    ongoing: Option<bool>,
    actors: Vec<ActorV1>,
    authority_kind: String,
    authority: String,
    decision: String,
    law: String,
    article: String,
    justification: Option<String>,
    justification_none_found: bool,
    documented_cause: String,
    stance: Option<String>,
    contexts: Vec<String>,
    services: Vec<String>,
    networks: Vec<String>,
    people_affected: String,
    outcome: String,
    narrative: String,
    language: String,
    sources: Vec<SourceV1>,
    transnational: bool,
    series: String,
    related: Vec<String>,
    naming_rule: Option<String>,
    comment_from: Option<String>,
    comment_when: Option<String>,
    comment_answer: Option<String>,
    comment_not_asked: Option<String>,
    provenance: String,
    links: Vec<LinkV1>,
    findings: Vec<FindingV1>,
    assessments: Vec<AssessmentV1>,
    factors: Vec<FactorV1>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorV1 {
    role: String,
    state: Option<String>,
    attribution: String,
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceV1 {
    url: String,
    title: String,
    kind: Option<String>,
    published: Option<String>,
    first_published_by: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkV1 {
    treaty: String,
    provision: String,
    way: String,
    strength: String,
    said_by: String,
    reason: String,
    source_url: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingV1 {
    body: String,
    kind: String,
    date: Option<String>,
    reference: String,
    provision: String,
    result: String,
    quotation: String,
    source_url: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessmentV1 {
    right: String,
    parts: Vec<PartV1>,
    by: String,
    date: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartV1 {
    name: String,
    outcome: String,
    reason: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactorV1 {
    kind: String,
    basis: String,
    alleged_by: String,
    reason: String,
    source_url: String,
}

impl From<&Incident> for IncidentV1 {
    fn from(i: &Incident) -> Self {
        let (comment_from, comment_when, comment_answer, comment_not_asked) = match &i.comment {
            CommentSought::Asked { from, when, answer } => {
                (Some(from.clone()), Some(when.to_string()), Some(answer.clone()), None)
            }
            CommentSought::NotAsked { reason } => (None, None, None, Some(reason.clone())),
            CommentSought::NotRecorded => (None, None, None, None),
        };
        Self {
            schema: SCHEMA.to_owned(),
            title: i.title.clone(),
            places: i.places.iter().map(ToString::to_string).collect(),
            place_name: i.place_name.clone(),
            kind: i.kind.slug().to_owned(),
            bearing: i.bearing.slug().to_owned(),
            start: i.start.to_string(),
            end: i.end.map(|d| d.to_string()),
            ongoing: i.ongoing,
            actors: i.actors.iter().map(ActorV1::from).collect(),
            authority_kind: i.authority_kind.slug().to_owned(),
            authority: i.authority.clone(),
            decision: i.decision.clone(),
            law: i.law.clone(),
            article: i.article.clone(),
            justification: match &i.justification {
                Justification::Given(text) => Some(text.clone()),
                Justification::NoneFound | Justification::NotRecorded => None,
            },
            justification_none_found: i.justification == Justification::NoneFound,
            documented_cause: i.documented_cause.clone(),
            stance: i.stance.map(|s| s.slug().to_owned()),
            contexts: i.contexts.iter().map(|c| c.slug().to_owned()).collect(),
            services: i.services.clone(),
            networks: i.networks.clone(),
            people_affected: i.people_affected.clone(),
            outcome: i.outcome.clone(),
            narrative: i.narrative.clone(),
            language: i.language.clone(),
            sources: i.sources.iter().map(SourceV1::from).collect(),
            transnational: i.transnational,
            series: i.series.clone(),
            related: i.related.clone(),
            naming_rule: i.naming.map(|r| r.slug().to_owned()),
            comment_from,
            comment_when,
            comment_answer,
            comment_not_asked,
            provenance: match i.provenance {
                Provenance::Desk => "desk",
                Provenance::Starter => "starter",
            }
            .to_owned(),
            links: i.analysis.links.iter().map(LinkV1::from).collect(),
            findings: i.analysis.findings.iter().map(FindingV1::from).collect(),
            assessments: i.analysis.assessments.iter().map(AssessmentV1::from).collect(),
            factors: i.analysis.factors.iter().map(FactorV1::from).collect(),
        }
    }
}

impl IncidentV1 {
    /// Up to today's type.
    pub(super) fn up(self) -> Result<Incident, Unreadable> {
        let said = (self.comment_from, self.comment_when, self.comment_answer, self.comment_not_asked);
        let comment = match said {
            (Some(from), Some(when), Some(answer), None) => {
                CommentSought::Asked { from, when: value(&when)?, answer }
            }
            (None, None, None, Some(reason)) => CommentSought::NotAsked { reason },
            (None, None, None, None) => CommentSought::NotRecorded,
            _ => return Err(contradiction("comment")),
        };
        let justification = match (self.justification, self.justification_none_found) {
            (Some(text), false) => Justification::Given(text),
            (None, true) => Justification::NoneFound,
            (None, false) => Justification::NotRecorded,
            (Some(_), true) => return Err(contradiction("justification")),
        };
        let provenance = match self.provenance.as_str() {
            "desk" => Provenance::Desk,
            "starter" => Provenance::Starter,
            other => return Err(Unreadable::Value(Problem::NotInList { value: other.to_owned() })),
        };
        Ok(Incident {
            title: self.title,
            places: values(&self.places)?,
            place_name: self.place_name,
            kind: value(&self.kind)?,
            bearing: value(&self.bearing)?,
            start: value(&self.start)?,
            end: maybe(&self.end)?,
            ongoing: self.ongoing,
            actors: self.actors.into_iter().map(ActorV1::up).collect::<Result<_, _>>()?,
            authority_kind: value(&self.authority_kind)?,
            authority: self.authority,
            decision: self.decision,
            law: self.law,
            article: self.article,
            justification,
            documented_cause: self.documented_cause,
            stance: maybe(&self.stance)?,
            contexts: values(&self.contexts)?,
            services: self.services,
            networks: self.networks,
            people_affected: self.people_affected,
            outcome: self.outcome,
            narrative: self.narrative,
            language: self.language,
            sources: self.sources.into_iter().map(SourceV1::up).collect::<Result<_, _>>()?,
            transnational: self.transnational,
            series: self.series,
            related: self.related,
            naming: maybe(&self.naming_rule)?,
            comment,
            provenance,
            analysis: Analysis {
                links: self.links.into_iter().map(LinkV1::up).collect::<Result<_, _>>()?,
                findings: self.findings.into_iter().map(FindingV1::up).collect::<Result<_, _>>()?,
                assessments: self.assessments.into_iter().map(AssessmentV1::up).collect::<Result<_, _>>()?,
                factors: self.factors.into_iter().map(FactorV1::up).collect::<Result<_, _>>()?,
            },
            particulars: Particulars::default(),
        })
    }
}

impl From<&Actor> for ActorV1 {
    fn from(a: &Actor) -> Self {
        Self {
            role: a.role.slug().to_owned(),
            state: a.state.map(|s| s.to_string()),
            attribution: a.attribution.slug().to_owned(),
            name: a.name.clone(),
        }
    }
}

impl ActorV1 {
    fn up(self) -> Result<Actor, Unreadable> {
        Ok(Actor {
            role: value(&self.role)?,
            state: maybe(&self.state)?,
            attribution: value(&self.attribution)?,
            name: self.name,
        })
    }
}

impl From<&Source> for SourceV1 {
    fn from(s: &Source) -> Self {
        Self {
            url: s.url.clone(),
            title: s.title.clone(),
            kind: s.kind.map(|k| k.slug().to_owned()),
            published: s.published.map(|d| d.to_string()),
            first_published_by: s.first_published_by.clone(),
        }
    }
}

impl SourceV1 {
    fn up(self) -> Result<Source, Unreadable> {
        Ok(Source {
            url: self.url,
            title: self.title,
            kind: maybe(&self.kind)?,
            published: maybe(&self.published)?,
            first_published_by: self.first_published_by,
        })
    }
}

impl From<&TreatyLink> for LinkV1 {
    fn from(l: &TreatyLink) -> Self {
        Self {
            treaty: l.treaty.to_string(),
            provision: l.provision.to_string(),
            way: l.way.slug().to_owned(),
            strength: l.strength.slug().to_owned(),
            said_by: l.said_by.clone(),
            reason: l.reason.clone(),
            source_url: l.source_url.clone(),
        }
    }
}

impl LinkV1 {
    fn up(self) -> Result<TreatyLink, Unreadable> {
        Ok(TreatyLink {
            treaty: value(&self.treaty)?,
            provision: value(&self.provision)?,
            way: value(&self.way)?,
            strength: value(&self.strength)?,
            said_by: self.said_by,
            reason: self.reason,
            source_url: self.source_url,
        })
    }
}

impl From<&Finding> for FindingV1 {
    fn from(f: &Finding) -> Self {
        Self {
            body: f.body.clone(),
            kind: f.kind.slug().to_owned(),
            date: f.date.map(|d| d.to_string()),
            reference: f.reference.clone(),
            provision: f.provision.clone(),
            result: f.result.clone(),
            quotation: f.quotation.clone(),
            source_url: f.source_url.clone(),
        }
    }
}

impl FindingV1 {
    fn up(self) -> Result<Finding, Unreadable> {
        Ok(Finding {
            body: self.body,
            kind: value(&self.kind)?,
            date: maybe(&self.date)?,
            reference: self.reference,
            provision: self.provision,
            result: self.result,
            quotation: self.quotation,
            source_url: self.source_url,
        })
    }
}

impl From<&Assessment> for AssessmentV1 {
    fn from(a: &Assessment) -> Self {
        let part = |p: &Part| PartV1 {
            name: p.name.clone(),
            outcome: p.outcome.slug().to_owned(),
            reason: p.reason.clone(),
        };
        Self {
            right: a.right.to_string(),
            parts: a.parts.iter().map(part).collect(),
            by: a.by.clone(),
            date: a.date.map(|d| d.to_string()),
        }
    }
}

impl AssessmentV1 {
    fn up(self) -> Result<Assessment, Unreadable> {
        let part = |p: PartV1| Ok(Part { name: p.name, outcome: value(&p.outcome)?, reason: p.reason });
        Ok(Assessment {
            right: Right::named(&self.right),
            parts: self.parts.into_iter().map(part).collect::<Result<_, Unreadable>>()?,
            by: self.by,
            date: maybe(&self.date)?,
        })
    }
}

impl From<&Factor> for FactorV1 {
    fn from(f: &Factor) -> Self {
        Self {
            kind: f.kind.slug().to_owned(),
            basis: f.basis.slug().to_owned(),
            alleged_by: f.alleged_by.clone(),
            reason: f.reason.clone(),
            source_url: f.source_url.clone(),
        }
    }
}

impl FactorV1 {
    fn up(self) -> Result<Factor, Unreadable> {
        Ok(Factor {
            kind: value(&self.kind)?,
            basis: value(&self.basis)?,
            alleged_by: self.alleged_by,
            reason: self.reason,
            source_url: self.source_url,
        })
    }
}

/// Fields that no incident writes together.
fn contradiction(field: &str) -> Unreadable {
    Unreadable::Value(Problem::NotInList { value: field.to_owned() })
}

pub(super) fn value<T: std::str::FromStr<Err = Problem>>(text: &str) -> Result<T, Unreadable> {
    text.parse().map_err(Unreadable::Value)
}

fn values<T: std::str::FromStr<Err = Problem>>(texts: &[String]) -> Result<Vec<T>, Unreadable> {
    texts.iter().map(|text| value(text)).collect()
}

pub(super) fn maybe<T: std::str::FromStr<Err = Problem>>(
    text: &Option<String>,
) -> Result<Option<T>, Unreadable> {
    text.as_deref().map(value).transpose()
}
