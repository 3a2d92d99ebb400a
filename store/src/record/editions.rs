//! Editions: every publication act, newest first.

use sqlx::Row;

use super::{Cause, Edition, Record, day};
use crate::StoreError;
use crate::error::Result;

// An incident's title stands beside its edition as it reads in that edition; withheld and erased ones show none.
const EDITIONS: &str = "SELECT e.number, e.day, e.cause, e.reason, e.methodology, i.reference, i.content, \
     CASE WHEN w.incident IS NULL THEN 0 ELSE 1 END \
     FROM record_edition e \
     LEFT JOIN record_incident i ON i.id = e.incident AND i.edition_from <= e.number AND e.number < i.edition_to \
     LEFT JOIN record_withheld w ON w.incident = e.incident \
     WHERE e.number <= $1 AND e.number < $2 ORDER BY e.number DESC LIMIT $3";
const OF_INCIDENT: &str = "SELECT e.number, e.day, e.cause, e.reason, e.methodology, i.reference, i.content, 0 \
     FROM record_edition e \
     LEFT JOIN record_incident i ON i.id = e.incident AND i.edition_from <= e.number AND e.number < i.edition_to \
     WHERE e.incident = $2 AND e.number <= $1 ORDER BY e.number";

pub(super) const QUERIES: &[&str] = &[EDITIONS, OF_INCIDENT];

impl Record {
    /// Editions up to this one, newest first; those before `before`, at most `limit`.
    pub async fn editions(&self, before: Option<i64>, limit: i64) -> Result<Vec<Edition>> {
        let rows = sqlx::query(EDITIONS)
            .bind(self.edition)
            .bind(before.unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(edition).collect()
    }

    /// The editions that concern one incident, oldest first.
    pub(super) async fn history(&self, incident: &str) -> Result<Vec<Edition>> {
        let rows = sqlx::query(OF_INCIDENT)
            .bind(self.edition)
            .bind(incident.to_owned())
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(edition).collect()
    }
}

fn edition(row: &sqlx::any::AnyRow) -> Result<Edition> {
    let cause: String = row.try_get(2)?;
    let content: Option<String> = row.try_get(6)?;
    let withheld = row.try_get::<i64, _>(7)? == 1;
    let title = match content.as_deref() {
        Some(json) if !withheld && !json.is_empty() => Some(domain::stored::read(json)?.title),
        _ => None,
    };
    Ok(Edition {
        number: row.try_get(0)?,
        day: day(row, 1)?,
        cause: match cause.as_str() {
            "starter" => Cause::Starter,
            "publication" => Cause::Publication,
            "correction" => Cause::Correction,
            "retraction" => Cause::Retraction,
            "reply" => Cause::Reply,
            "facts" => Cause::Facts,
            "dispute" => Cause::Dispute,
            "dispute-lifted" => Cause::DisputeLifted,
            _ => return Err(StoreError::Unreadable(cause)),
        },
        reference: row.try_get(5)?,
        title,
        reason: if withheld { String::new() } else { row.try_get(3)? },
        methodology: row.try_get(4)?,
    })
}
