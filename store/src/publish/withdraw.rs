//! Taking back what does harm: hiding at once, restoring, redacting one field. All go through every edition, and
//! all take the head's row first, as publishing does, so that none waits for another in a circle.

use domain::Day;
use domain::case::PublicState;
use domain::incident::Incident;
use domain::rights::Action;
use domain::stored;
use sqlx::{Any, Row, Transaction};

use super::copy::INSERT_FACET;
use crate::desk::Member;
use crate::desk::audit::{self, Entry};
use crate::desk::{allow, locked};
use crate::error::Result;
use crate::record::facets;
use crate::{Store, StoreError, day_of};

const RAISE: &str = "UPDATE record_head SET withdrawals = withdrawals + 1 WHERE one = 1";
const WITHHOLD: &str = "INSERT INTO record_withheld (incident, day) VALUES ($1, $2)";
const RELEASE: &str = "DELETE FROM record_withheld WHERE incident = $1";
const SET_STATE: &str = "UPDATE desk_case SET public_state = $2, hidden_by = $3 WHERE id = $1";
const LAST_STATE: &str = "SELECT state FROM record_incident WHERE id = $1 AND edition_to = $2";
const INCIDENT_ID: &str = "SELECT DISTINCT id FROM record_incident WHERE reference = $1";
const VERSIONS: &str =
    "SELECT version_id, content, content_hash, hash_before FROM record_incident WHERE id = $1";
const REWRITE: &str =
    "UPDATE record_incident SET content = $2, content_hash = $3, hash_before = $4 WHERE version_id = $1";
const CLEAR_FACETS: &str = "DELETE FROM record_incident_facet WHERE version_id = $1";
const REDACTED: &str = "SELECT field FROM record_redaction WHERE incident = $1";
const BLANK_EDITIONS: &str = "UPDATE record_edition SET reason = '' WHERE incident = $1";
const BLANK_RETRACTIONS: &str = "UPDATE record_incident SET reason = '' WHERE id = $1";
const NOTE_REDACTION: &str = "INSERT INTO record_redaction (incident, field, day) VALUES ($1, $2, $3) \
     ON CONFLICT (incident, field) DO NOTHING";

pub(super) const QUERIES: &[&str] = &[
    RAISE,
    WITHHOLD,
    RELEASE,
    SET_STATE,
    LAST_STATE,
    INCIDENT_ID,
    VERSIONS,
    REWRITE,
    CLEAR_FACETS,
    REDACTED,
    BLANK_EDITIONS,
    BLANK_RETRACTIONS,
    NOTE_REDACTION,
];

/// The fields that a redaction can blank; `reason` are the reasons published with corrections and a retraction,
/// `replies` what is shown of replies, `analysis` the free texts of links, findings, assessments and factors. What lists, counts and standing rest on
/// (country, kind, days) cannot be blanked one by one: for those, hide the incident; it stays hidden in every edition.
pub const REDACTABLE: &[&str] = &[
    "title",
    "place_name",
    "actors",
    "authority",
    "decision",
    "law",
    "article",
    "justification",
    "documented_cause",
    "services",
    "networks",
    "people_affected",
    "outcome",
    "narrative",
    "sources",
    "evidence",
    "comment",
    "series",
    "related",
    "start_time",
    "end_time",
    "extent",
    "aimed_at",
    "channel",
    "requesting",
    "requested",
    "provider",
    "targets",
    "persons",
    "stages",
    "analysis",
    "reason",
    "replies",
];

impl Store {
    /// Hides a published incident from the public at once, in every edition.
    pub async fn hide(&self, member: &Member, id: &str, reason: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        raise(&mut tx).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Hide, facts)?;
        if !matches!(case.public_state, PublicState::Published | PublicState::Retracted) {
            return Err(StoreError::WrongState);
        }
        sqlx::query(WITHHOLD).bind(id.to_owned()).bind(day_of(at).to_string()).execute(&mut *tx).await?;
        set_state(&mut tx, id, PublicState::Withheld, Some(&member.id)).await?;
        audit::append(&mut tx, at, Entry { act: "hidden", actor: &member.id, subject: id, reason }).await?;
        Ok(tx.commit().await?)
    }

    /// Shows a hidden incident again: another person than who hid it.
    pub async fn restore(&self, member: &Member, id: &str, reason: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        raise(&mut tx).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Restore, facts)?;
        if case.public_state != PublicState::Withheld {
            return Err(StoreError::WrongState);
        }
        sqlx::query(RELEASE).bind(id.to_owned()).execute(&mut *tx).await?;
        let row =
            sqlx::query(LAST_STATE).bind(id.to_owned()).bind(crate::CURRENT).fetch_one(&mut *tx).await?;
        let state = if row.try_get::<String, _>(0)? == "retracted" {
            PublicState::Retracted
        } else {
            PublicState::Published
        };
        set_state(&mut tx, id, state, None).await?;
        audit::append(&mut tx, at, Entry { act: "restored", actor: &member.id, subject: id, reason }).await?;
        Ok(tx.commit().await?)
    }

    /// Blanks one field of an incident in every edition. The history says that a field was withheld, never what
    /// it said; each version's hash gets a successor that names the one before. Done by the operator.
    pub async fn redact(
        &self,
        reference: &str,
        field: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        if !REDACTABLE.contains(&field) {
            return Err(StoreError::NotFound);
        }
        let mut tx = self.write().await?;
        raise(&mut tx).await?;
        let row = sqlx::query(INCIDENT_ID).bind(crate::text(reference)).fetch_optional(&mut *tx).await?;
        let id: String = row.ok_or(StoreError::NotFound)?.try_get(0)?;
        for row in sqlx::query(VERSIONS).bind(id.clone()).fetch_all(&mut *tx).await? {
            let content: String = row.try_get(1)?;
            if content.is_empty() {
                continue;
            }
            let said = stored::read(&content)?;
            let mut incident = said.clone();
            blank(&mut incident, field);
            if incident == said {
                // This version never said it: its hash stands.
                continue;
            }
            let hash: String = row.try_get(2)?;
            let before: Option<String> = row.try_get(3)?;
            rewrite(&mut tx, row.try_get(0)?, &incident, &before.unwrap_or(hash)).await?;
        }
        if field == "evidence" {
            super::evidence::withdraw_all(&mut tx, &id, at).await?;
        }
        if field == "replies" {
            super::reply::blank_all(&mut tx, &id, at).await?;
        }
        if field == "reason" {
            sqlx::query(BLANK_EDITIONS).bind(id.clone()).execute(&mut *tx).await?;
            sqlx::query(BLANK_RETRACTIONS).bind(id.clone()).execute(&mut *tx).await?;
        }
        note(&mut tx, &id, field, day_of(at)).await?;
        let entry = Entry { act: "field redacted", actor: "command line", subject: reference, reason };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }
}

/// Takes out of a new version what was redacted in the ones before it.
pub(super) async fn blank_redacted(
    tx: &mut Transaction<'_, Any>,
    id: &str,
    incident: &mut Incident,
) -> Result<()> {
    for row in sqlx::query(REDACTED).bind(id.to_owned()).fetch_all(&mut **tx).await? {
        blank(incident, &row.try_get::<String, _>(0)?);
    }
    Ok(())
}

pub(super) async fn raise(tx: &mut Transaction<'_, Any>) -> Result<()> {
    sqlx::query(RAISE).execute(&mut **tx).await?;
    Ok(())
}

async fn set_state(
    tx: &mut Transaction<'_, Any>,
    id: &str,
    state: PublicState,
    by: Option<&str>,
) -> Result<()> {
    sqlx::query(SET_STATE)
        .bind(id.to_owned())
        .bind(state.slug())
        .bind(by.map(str::to_owned))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn rewrite(
    tx: &mut Transaction<'_, Any>,
    version: String,
    incident: &Incident,
    before: &str,
) -> Result<()> {
    let stored = stored::store(incident);
    sqlx::query(REWRITE)
        .bind(version.clone())
        .bind(stored.json)
        .bind(stored.hash)
        .bind(before.to_owned())
        .execute(&mut **tx)
        .await?;
    sqlx::query(CLEAR_FACETS).bind(version.clone()).execute(&mut **tx).await?;
    for (facet, value) in facets(incident) {
        sqlx::query(INSERT_FACET).bind(version.clone()).bind(facet).bind(value).execute(&mut **tx).await?;
    }
    Ok(())
}

async fn note(tx: &mut Transaction<'_, Any>, id: &str, field: &str, day: Day) -> Result<()> {
    sqlx::query(NOTE_REDACTION)
        .bind(id.to_owned())
        .bind(field.to_owned())
        .bind(day.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn blank(incident: &mut Incident, field: &str) {
    use domain::incident::{CommentSought, Justification, Side};
    let particulars = &mut incident.particulars;
    match field {
        "start_time" => particulars.start_time = None,
        "end_time" => particulars.end_time = None,
        "extent" => particulars.extent = None,
        "aimed_at" => particulars.aimed_at.clear(),
        "channel" => particulars.channel = None,
        "requesting" => particulars.requesting = Side::default(),
        "requested" => particulars.requested = Side::default(),
        "provider" => particulars.provider.clear(),
        "targets" => particulars.targets.clear(),
        "persons" => particulars.persons.clear(),
        "stages" => particulars.stages.clear(),
        "title" => incident.title.clear(),
        "place_name" => incident.place_name.clear(),
        "actors" => incident.actors.iter_mut().for_each(|a| a.name.clear()),
        "authority" => incident.authority.clear(),
        "decision" => incident.decision.clear(),
        "law" => incident.law.clear(),
        "article" => incident.article.clear(),
        "justification" => incident.justification = Justification::NotRecorded,
        "documented_cause" => incident.documented_cause.clear(),
        "services" => incident.services.clear(),
        "networks" => incident.networks.clear(),
        "people_affected" => incident.people_affected.clear(),
        "outcome" => incident.outcome.clear(),
        "narrative" => incident.narrative.clear(),
        "sources" => incident.sources.clear(),
        "series" => incident.series.clear(),
        "related" => incident.related.clear(),
        "analysis" => blank_analysis(&mut incident.analysis),
        // Reasons, evidence and replies stand beside the incident, not in it.
        "reason" | "evidence" | "replies" => {}
        _ => incident.comment = CommentSought::NotRecorded,
    }
}

fn blank_analysis(analysis: &mut domain::incident::Analysis) {
    for link in &mut analysis.links {
        link.said_by.clear();
        link.reason.clear();
        link.source_url.clear();
    }
    for finding in &mut analysis.findings {
        for text in [&mut finding.body, &mut finding.reference, &mut finding.result, &mut finding.quotation] {
            text.clear();
        }
        finding.source_url.clear();
    }
    for assessment in &mut analysis.assessments {
        assessment.by.clear();
        assessment.parts.iter_mut().for_each(|part| part.reason.clear());
    }
    for factor in &mut analysis.factors {
        factor.alleged_by.clear();
        factor.reason.clear();
        factor.source_url.clear();
    }
}
