//! What is copied from desk to record: one function. Whatever is not written here never reaches the public.

use domain::incident::Incident;
use domain::stored;
use sqlx::{Any, Transaction};

use crate::error::Result;
use crate::record::facets;
use crate::{CURRENT, new_id};

const CLOSE: &str = "UPDATE record_incident SET edition_to = $2 WHERE id = $1 AND edition_to = $3";
const INSERT: &str = "INSERT INTO record_incident (version_id, id, edition_from, edition_to, reference, state, kind, \
     bearing, start_first, last_day, content, content_hash, hash_before, reason) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, $13)";
pub(super) const INSERT_FACET: &str =
    "INSERT INTO record_incident_facet (version_id, facet, value) VALUES ($1, $2, $3)";

pub(super) const QUERIES: &[&str] = &[CLOSE, INSERT, INSERT_FACET];

/// A version of an incident, about to stand in the record.
pub(crate) struct NewVersion<'a> {
    id: &'a str,
    reference: &'a str,
    edition: i64,
    incident: Option<&'a Incident>,
    reason: &'a str,
}

impl<'a> NewVersion<'a> {
    /// The incident itself.
    pub(crate) fn incident(id: &'a str, reference: &'a str, incident: &'a Incident, edition: i64) -> Self {
        Self { id, reference, edition, incident: Some(incident), reason: "" }
    }

    /// Its retraction: no content, a reason.
    pub(crate) fn retraction(id: &'a str, reference: &'a str, reason: &'a str, edition: i64) -> Self {
        Self { id, reference, edition, incident: None, reason }
    }
}

/// Ends the version that stands and writes the new one.
pub(crate) async fn insert_version(tx: &mut Transaction<'_, Any>, new: NewVersion<'_>) -> Result<()> {
    sqlx::query(CLOSE).bind(new.id.to_owned()).bind(new.edition).bind(CURRENT).execute(&mut **tx).await?;
    let version_id = new_id();
    let stored = new.incident.map(stored::store);
    let text = |f: &dyn Fn(&Incident) -> String| new.incident.map(f).unwrap_or_default();
    sqlx::query(INSERT)
        .bind(version_id.clone())
        .bind(new.id.to_owned())
        .bind(new.edition)
        .bind(CURRENT)
        .bind(new.reference.to_owned())
        .bind(if new.incident.is_some() { "published" } else { "retracted" })
        .bind(text(&|i| i.kind.slug().to_owned()))
        .bind(text(&|i| i.bearing.slug().to_owned()))
        .bind(text(&|i| i.start.first().to_string()))
        .bind(text(&|i| i.last_day().to_string()))
        .bind(stored.as_ref().map(|s| s.json.clone()).unwrap_or_default())
        .bind(stored.as_ref().map(|s| s.hash.clone()).unwrap_or_default())
        .bind(crate::text(new.reason))
        .execute(&mut **tx)
        .await?;
    for (facet, value) in new.incident.map(facets).unwrap_or_default() {
        sqlx::query(INSERT_FACET).bind(version_id.clone()).bind(facet).bind(value).execute(&mut **tx).await?;
    }
    Ok(())
}
