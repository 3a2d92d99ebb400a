//! Redaction: blanking one field of an incident in every edition, and in everything that the desk keeps of the case.

use domain::incident::Incident;
use domain::{Day, stored};
use sqlx::{Any, Row, Transaction};

use super::copy::INSERT_FACET;
use super::withdraw::raise;
use crate::desk::audit::{self, Entry};
use crate::desk::{forget_reasons, withhold_in_desk};
use crate::error::Result;
use crate::record::facets;
use crate::{Store, StoreError, day_of};

const INCIDENT_ID: &str = "SELECT DISTINCT id FROM record_incident WHERE reference = $1";
const VERSIONS: &str =
    "SELECT version_id, content, content_hash, hash_before FROM record_incident WHERE id = $1";
const REWRITE: &str =
    "UPDATE record_incident SET content = $2, content_hash = $3, hash_before = $4 WHERE version_id = $1";
const CLEAR_FACETS: &str = "DELETE FROM record_incident_facet WHERE version_id = $1";
const REDACTED: &str = "SELECT field FROM record_redaction WHERE incident = $1";
const BLANK_EDITIONS: &str = "UPDATE record_edition SET reason = '' WHERE incident = $1";
const BLANK_RETRACTIONS: &str = "UPDATE record_incident SET reason = '' WHERE id = $1";
const BLANK_DISPUTES: &str = "UPDATE record_dispute SET said_by = '', reason = '' WHERE id = $1";
const NOTE_REDACTION: &str = "INSERT INTO record_redaction (incident, field, day) VALUES ($1, $2, $3) \
     ON CONFLICT (incident, field) DO NOTHING";

pub(super) const QUERIES: &[&str] = &[
    INCIDENT_ID,
    VERSIONS,
    REWRITE,
    CLEAR_FACETS,
    REDACTED,
    BLANK_EDITIONS,
    BLANK_RETRACTIONS,
    BLANK_DISPUTES,
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
    /// Blanks one field of an incident in every edition. The history says that a field was withheld, never what
    /// it said; each version's hash gets a successor that names the one before. Done by the operator.
    pub async fn redact(
        &self,
        reference: &str,
        field: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        raise(&mut tx).await?;
        let row = sqlx::query(INCIDENT_ID).bind(crate::text(reference)).fetch_optional(&mut *tx).await?;
        let id: String = row.ok_or(StoreError::NotFound)?.try_get(0)?;
        redact_in(&mut tx, &id, field, at).await?;
        let entry = Entry { act: "field redacted", actor: "command line", subject: reference, reason };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }
}

/// Blanks a field of an incident whose withdrawals were raised.
pub(super) async fn redact_in(
    tx: &mut Transaction<'_, Any>,
    id: &str,
    field: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    if !REDACTABLE.contains(&field) {
        return Err(StoreError::NotFound);
    }
    for row in sqlx::query(VERSIONS).bind(id.to_owned()).fetch_all(&mut **tx).await? {
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
        rewrite(tx, row.try_get(0)?, &incident, &before.unwrap_or(hash)).await?;
    }
    if field == "evidence" {
        super::evidence::withdraw_all(tx, id, at).await?;
    }
    if field == "replies" {
        super::reply::blank_all(tx, id, at).await?;
    }
    if field == "reason" {
        for sql in [BLANK_EDITIONS, BLANK_RETRACTIONS, BLANK_DISPUTES] {
            sqlx::query(sql).bind(id.to_owned()).execute(&mut **tx).await?;
        }
        forget_reasons(tx, id).await?;
    }
    withhold_in_desk(tx, id, field).await?;
    note(tx, id, field, day_of(at)).await
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
