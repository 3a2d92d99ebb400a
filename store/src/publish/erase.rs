//! Erasure: a case gone with everything in it, from every edition of the record and from the desk. What stays is that it
//! was erased: its reference, which is never given again, and the links of the audit log, whose details are dropped.

use domain::case::Withdrawal;
use sqlx::{Any, Row, Transaction};

use super::redact::redact_in;
use super::withdraw::raise;
use crate::desk::audit::{self, Entry};
use crate::desk::{Member, confirmed, locked};
use crate::error::Result;
use crate::{Store, StoreError, day_of, text};

const OF_REFERENCE: &str = "SELECT id FROM desk_case WHERE reference = $1";
const LOCK: &str = "UPDATE desk_case SET revision = revision WHERE id = $1";
const OBJECTS: &str = "SELECT object FROM desk_evidence WHERE case_id = $1 AND object <> ''";
const NOTE: &str = "INSERT INTO record_erasure (reference, day) \
     SELECT reference, CAST($2 AS TEXT) FROM desk_case WHERE id = $1 AND reference IS NOT NULL";
// Who began it and why, and that it is done, stay in the log; they say nothing of what it was.
const FORGET_DETAILS: &str = "UPDATE desk_audit SET salt = NULL, detail = NULL WHERE act <> 'erasure begun' AND EXISTS ( \
     SELECT 1 FROM desk_case c LEFT JOIN desk_evidence e ON e.case_id = c.id WHERE c.id = $1 \
     AND (detail LIKE '%\"subject\":\"' || c.id || '\"%' \
     OR detail LIKE '%\"subject\":\"' || COALESCE(c.reference, c.id) || '\"%' \
     OR detail LIKE '%\"subject\":\"' || COALESCE(e.id, c.id) || '\"%'))";

/// What goes, in an order in which nothing points at what is gone already.
const STEPS: &[&str] = &[
    "DELETE FROM record_incident_facet WHERE version_id IN (SELECT version_id FROM record_incident WHERE id = $1)",
    "DELETE FROM record_incident WHERE id = $1",
    "DELETE FROM record_evidence WHERE incident = $1",
    "DELETE FROM record_dispute WHERE id = $1",
    "DELETE FROM record_withheld WHERE incident = $1",
    "DELETE FROM record_redaction WHERE incident = $1",
    "UPDATE record_edition SET incident = NULL, reason = '' WHERE incident = $1",
    "DELETE FROM desk_case_likely WHERE case_id = $1 OR other = $1 \
     OR other = (SELECT reference FROM desk_case WHERE id = $1)",
    "DELETE FROM desk_case_place WHERE case_id = $1",
    "DELETE FROM desk_blur_mention WHERE blur IN (SELECT id FROM desk_blur WHERE case_id = $1)",
    "DELETE FROM desk_blur WHERE case_id = $1",
    "DELETE FROM desk_custody WHERE evidence IN (SELECT id FROM desk_evidence WHERE case_id = $1)",
    "DELETE FROM desk_evidence WHERE case_id = $1",
    "DELETE FROM desk_sealed_note WHERE case_id = $1",
    "DELETE FROM desk_comment WHERE case_id = $1",
    "DELETE FROM desk_schedule WHERE case_id = $1",
    "DELETE FROM desk_withdrawal WHERE case_id = $1",
    "DELETE FROM record_reply WHERE incident = $1",
    "DELETE FROM desk_reply_sealed WHERE reply IN (SELECT id FROM desk_reply WHERE case_id = $1)",
    "DELETE FROM desk_reply WHERE case_id = $1",
    "DELETE FROM desk_import_row WHERE case_id = $1",
    "DELETE FROM desk_case_change WHERE case_id = $1",
    "DELETE FROM desk_case_version WHERE case_id = $1",
    "DELETE FROM desk_case WHERE id = $1",
];

pub(super) fn queries() -> Vec<&'static str> {
    [&[OF_REFERENCE, LOCK, OBJECTS, NOTE, FORGET_DETAILS], STEPS].concat()
}

/// What is left to do when a case is erased: its files have no key any more, and are to be removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "the evidence files still lie where they lay"]
pub struct Leftovers {
    /// Names in the store of files.
    pub objects: Vec<String>,
}

impl Store {
    /// Erases the case behind a reference. Done by the operator.
    pub async fn erase(&self, reference: &str, reason: &str, at: jiff::Timestamp) -> Result<Leftovers> {
        let mut tx = self.write().await?;
        raise(&mut tx).await?;
        let row = sqlx::query(OF_REFERENCE).bind(text(reference)).fetch_optional(&mut *tx).await?;
        let id: String = row.ok_or(StoreError::NotFound)?.try_get(0)?;
        sqlx::query(LOCK).bind(id.clone()).execute(&mut *tx).await?;
        let leftovers = erase_in(&mut tx, &id, at).await?;
        let entry = Entry { act: "case erased", actor: "command line", subject: reference, reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        self.forget_pages().await?;
        Ok(leftovers)
    }

    /// Does what the first of two persons began: the second confirms it.
    pub async fn confirm_withdrawal(
        &self,
        member: &Member,
        id: &str,
        withdrawal: &str,
        at: jiff::Timestamp,
    ) -> Result<(Withdrawal, Leftovers)> {
        let mut tx = self.write().await?;
        raise(&mut tx).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        let confirmed = confirmed(&mut tx, member, &case, facts, withdrawal).await?;
        let subject = case.reference.as_deref().unwrap_or(id);
        let (act, leftovers) = match confirmed.act {
            Withdrawal::Redact => {
                redact_in(&mut tx, id, &confirmed.field, at).await?;
                ("field redacted", Leftovers::default())
            }
            Withdrawal::Erase => ("case erased", erase_in(&mut tx, id, at).await?),
        };
        let entry = Entry { act, actor: &member.id, subject, reason: &confirmed.reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        self.forget_pages().await?;
        Ok((confirmed.act, leftovers))
    }
}

async fn erase_in(tx: &mut Transaction<'_, Any>, id: &str, at: jiff::Timestamp) -> Result<Leftovers> {
    let rows = sqlx::query(OBJECTS).bind(id.to_owned()).fetch_all(&mut **tx).await?;
    let objects = rows.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<_>>()?;
    sqlx::query(NOTE).bind(id.to_owned()).bind(day_of(at).to_string()).execute(&mut **tx).await?;
    sqlx::query(FORGET_DETAILS).bind(id.to_owned()).execute(&mut **tx).await?;
    for step in STEPS {
        sqlx::query(*step).bind(id.to_owned()).execute(&mut **tx).await?;
    }
    Ok(Leftovers { objects })
}
