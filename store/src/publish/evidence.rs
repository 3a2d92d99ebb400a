//! What readers get of evidence files: copied with each edition of an incident, taken back through all of them.

use domain::evidence::rounded_bytes;
use sqlx::{Any, Row, Transaction};

use super::withdraw::raise;
use crate::desk::{SealingKey, shown_evidence};
use crate::error::Result;
use crate::{CURRENT, day_of, new_id};

const CLOSE: &str = "UPDATE record_evidence SET edition_to = $2 WHERE incident = $1 AND edition_to = $3";
const INSERT: &str = "INSERT INTO record_evidence (version_id, id, incident, position, edition_from, edition_to, \
     media_type, rounded_bytes, shows, copy_type, copy_width, copy_height, copy, thumbnail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const REDACTED: &str = "SELECT COUNT(*) FROM record_redaction WHERE incident = $1 AND field = 'evidence'";
const WITHDRAW: &str = "UPDATE record_evidence SET withdrawn_on = $2, shows = '', copy_type = '', copy = $3, \
     thumbnail = $3 WHERE id = (SELECT public_id FROM desk_evidence WHERE id = $1) AND withdrawn_on IS NULL";
const WITHDRAW_ALL: &str = "UPDATE record_evidence SET withdrawn_on = $2, shows = '', copy_type = '', copy = $3, \
     thumbnail = $3 WHERE incident = $1 AND withdrawn_on IS NULL";

pub(super) const QUERIES: &[&str] = &[CLOSE, INSERT, REDACTED, WITHDRAW, WITHDRAW_ALL];

/// Ends what stands and copies what is agreed to be shown now. Name, exact size and hash of an original stay at the
/// desk.
pub(super) async fn show(
    tx: &mut Transaction<'_, Any>,
    case: &str,
    edition: i64,
    key: &SealingKey,
) -> Result<()> {
    close(tx, case, edition).await?;
    let redacted = sqlx::query(REDACTED).bind(case.to_owned()).fetch_one(&mut **tx).await?;
    if redacted.try_get::<i64, _>(0)? > 0 {
        return Ok(());
    }
    for (position, (evidence, copy, thumbnail)) in
        shown_evidence(tx, case, key).await?.into_iter().enumerate()
    {
        sqlx::query(INSERT)
            .bind(new_id())
            .bind(evidence.public_id)
            .bind(case.to_owned())
            .bind(i64::try_from(position).unwrap_or(i64::MAX))
            .bind(edition)
            .bind(CURRENT)
            .bind(evidence.media_type)
            .bind(i64::try_from(rounded_bytes(evidence.bytes)).unwrap_or(i64::MAX))
            .bind(evidence.description.shows)
            .bind(evidence.copy_type)
            .bind(evidence.copy_size.0)
            .bind(evidence.copy_size.1)
            .bind(copy)
            .bind(thumbnail)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Ends what stands.
pub(super) async fn close(tx: &mut Transaction<'_, Any>, case: &str, edition: i64) -> Result<()> {
    sqlx::query(CLOSE).bind(case.to_owned()).bind(edition).bind(CURRENT).execute(&mut **tx).await?;
    Ok(())
}

/// Takes one file from readers, in every edition. Takes the head's row first, as every act of this door does.
pub(crate) async fn withdraw(tx: &mut Transaction<'_, Any>, id: &str, at: jiff::Timestamp) -> Result<()> {
    raise(tx).await?;
    blank(tx, WITHDRAW, id, at).await
}

/// Takes every file of an incident from readers, in every edition.
pub(super) async fn withdraw_all(
    tx: &mut Transaction<'_, Any>,
    incident: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    blank(tx, WITHDRAW_ALL, incident, at).await
}

async fn blank(
    tx: &mut Transaction<'_, Any>,
    sql: &'static str,
    of: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(sql)
        .bind(crate::text(of))
        .bind(day_of(at).to_string())
        .bind(Vec::<u8>::new())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
