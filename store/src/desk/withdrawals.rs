//! Redactions and erasures at the desk: asked for by whoever sees that they are needed, begun by one person, done by a
//! second. What is done is done by [`crate::publish`]; here is what is kept until then, and what the desk itself forgets.

use domain::case::{Step, Withdrawal};
use domain::form;
use domain::incident::{Draft, check_reason};
use domain::rights::{Action, Facts};
use domain::{FieldError, Problem};
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use super::cases::{Case, allow, draft, locked};
use crate::error::Result;
use crate::publish::REDACTABLE;
use crate::{Store, StoreError, new_id, slug, slug_or_none, stamp, text};

const ADD: &str = "INSERT INTO desk_withdrawal (id, case_id, act, field, reason, asked_by, asked_at, begun_by, begun_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const SAME: &str = "SELECT id, begun_by FROM desk_withdrawal WHERE case_id = $1 AND act = $2 AND field = $3";
const BEGIN: &str = "UPDATE desk_withdrawal SET begun_by = $2, begun_at = $3, reason = $4 WHERE id = $1";
const ONE: &str =
    "SELECT act, field, reason, asked_by, begun_by FROM desk_withdrawal WHERE case_id = $1 AND id = $2";
const DROP: &str = "DELETE FROM desk_withdrawal WHERE id = $1";
const OF_CASE: &str = "SELECT w.id, w.act, w.field, w.reason, a.email, w.asked_at, b.email, w.begun_at, w.begun_by, \
     w.asked_by FROM desk_withdrawal w JOIN desk_member a ON a.id = w.asked_by \
     LEFT JOIN desk_member b ON b.id = w.begun_by WHERE w.case_id = $1 ORDER BY w.asked_at, w.id LIMIT 200";

const VERSIONS: &str = "SELECT number, draft FROM desk_case_version WHERE case_id = $1";
const SET_VERSION: &str = "UPDATE desk_case_version SET draft = $3 WHERE case_id = $1 AND number = $2";
const WORKING: &str = "SELECT working, revision, field_revisions, working_state FROM desk_case WHERE id = $1";
const SET_WORKING: &str = "UPDATE desk_case SET working = $2, revision = $3, field_revisions = $4, working_state = $5, \
     verified_by = NULL, verified_hash = NULL WHERE id = $1";
const DROP_COMMENTS: &str =
    "DELETE FROM desk_comment WHERE case_id = $1 AND (field = $2 OR field LIKE $2 || '.%')";
// The reasons of these acts were published; the log keeps that they were done.
const FORGET_REASONS: &str = "UPDATE desk_audit SET salt = NULL, detail = NULL \
     WHERE act IN ('correction begun', 'published', 'published at its time', 'retracted', 'disputed', 'dispute lifted') \
     AND (detail LIKE '%\"subject\":\"' || $1 || '\"%' \
     OR detail LIKE '%\"subject\":\"' || (SELECT COALESCE(c.reference, c.id) FROM desk_case c WHERE c.id = $1) || '\"%')";
const FORGET_CORRECTION: &str = "UPDATE desk_case SET correction = '', note = '', verified_by = NULL, \
     verified_hash = NULL, working_state = CASE WHEN working_state = 'verified' THEN 'submitted' ELSE working_state END \
     WHERE id = $1 AND correction IS NOT NULL";

pub(super) const QUERIES: &[&str] = &[
    ADD,
    SAME,
    BEGIN,
    ONE,
    DROP,
    OF_CASE,
    VERSIONS,
    SET_VERSION,
    WORKING,
    SET_WORKING,
    DROP_COMMENTS,
    FORGET_REASONS,
    FORGET_CORRECTION,
];

/// A redaction or an erasure that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawalLine {
    /// Its id.
    pub id: String,
    /// Which of the two.
    pub act: Withdrawal,
    /// The field, of a redaction.
    pub field: String,
    /// Why.
    pub reason: String,
    /// The address of who asked, and when.
    pub asked: (String, String),
    /// The address of who began it, and when.
    pub begun: Option<(String, String)>,
    /// The reader was the first of two.
    pub is_first: bool,
    /// The reader asked for it.
    pub is_asker: bool,
}

/// What is about to be done by the second of two persons.
pub(crate) struct Confirmed {
    pub(crate) act: Withdrawal,
    pub(crate) field: String,
    pub(crate) reason: String,
}

pub(crate) fn action(act: Withdrawal) -> Action {
    match act {
        Withdrawal::Redact => Action::Redact,
        Withdrawal::Erase => Action::Erase,
    }
}

impl Store {
    /// Asks for a redaction or an erasure; who may do it begins it by that, as the first of two.
    pub async fn ask_withdrawal(
        &self,
        member: &Member,
        id: &str,
        act: Withdrawal,
        field: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        let begins = allow(member, &case, action(act), Facts { first_of_two: false, ..facts }).is_ok();
        if !begins {
            allow(member, &case, Action::Ask, facts)?;
        }
        let field = field_of(&case, act, field)?;
        let said = |problem: Problem| StoreError::Refused(vec![FieldError::new("reason", problem)]);
        let reason = text(&check_reason(reason).map_err(said)?);
        let same = sqlx::query(SAME)
            .bind(id.to_owned())
            .bind(act.slug())
            .bind(field.to_owned())
            .fetch_optional(&mut *tx)
            .await?;
        let now = stamp(at);
        match same {
            Some(row) if begins && row.try_get::<Option<String>, _>(1)?.is_none() => {
                sqlx::query(BEGIN)
                    .bind(row.try_get::<String, _>(0)?)
                    .bind(member.id.clone())
                    .bind(now)
                    .bind(reason.clone())
                    .execute(&mut *tx)
                    .await?;
            }
            // It waits already.
            Some(_) => return Ok(()),
            None => {
                sqlx::query(ADD)
                    .bind(new_id())
                    .bind(id.to_owned())
                    .bind(act.slug())
                    .bind(field.to_owned())
                    .bind(reason.clone())
                    .bind(member.id.clone())
                    .bind(now.clone())
                    .bind(begins.then(|| member.id.clone()))
                    .bind(begins.then_some(now))
                    .execute(&mut *tx)
                    .await?;
            }
        }
        let act = match (act, begins) {
            (Withdrawal::Redact, false) => "redaction asked for",
            (Withdrawal::Redact, true) => "redaction begun",
            (Withdrawal::Erase, false) => "erasure asked for",
            (Withdrawal::Erase, true) => "erasure begun",
        };
        audit::append(&mut tx, at, Entry { act, actor: &member.id, subject: id, reason: &reason }).await?;
        Ok(tx.commit().await?)
    }

    /// Drops what was asked for or begun: who asked, and whoever may do such a thing.
    pub async fn drop_withdrawal(
        &self,
        member: &Member,
        id: &str,
        withdrawal: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Ask, facts)?;
        let row = one(&mut tx, id, withdrawal).await?;
        let act: Withdrawal = slug(&row, 0)?;
        if row.try_get::<String, _>(3)? != member.id {
            allow(member, &case, action(act), Facts { first_of_two: false, ..facts })?;
        }
        sqlx::query(DROP).bind(withdrawal.to_owned()).execute(&mut *tx).await?;
        let act = match act {
            Withdrawal::Redact => "redaction dropped",
            Withdrawal::Erase => "erasure dropped",
        };
        audit::append(&mut tx, at, Entry { act, actor: &member.id, subject: id, reason: "" }).await?;
        Ok(tx.commit().await?)
    }

    /// What waits of a case, the oldest first, for who may ask for such.
    pub async fn withdrawals(&self, member: &Member, id: &str) -> Result<Vec<WithdrawalLine>> {
        let (case, facts) = self.case(member, id).await?;
        allow(member, &case, Action::Ask, facts)?;
        let rows = sqlx::query(OF_CASE).bind(case.id).fetch_all(self.desk_pool()).await?;
        let is_me = |id: Option<String>| id.as_ref() == Some(&member.id);
        rows.iter()
            .map(|row| {
                let begun: (Option<String>, Option<String>) = (row.try_get(6)?, row.try_get(7)?);
                Ok(WithdrawalLine {
                    id: row.try_get(0)?,
                    act: slug(row, 1)?,
                    field: row.try_get(2)?,
                    reason: row.try_get(3)?,
                    asked: (row.try_get(4)?, row.try_get(5)?),
                    begun: begun.0.zip(begun.1),
                    is_first: is_me(row.try_get(8)?),
                    is_asker: is_me(row.try_get(9)?),
                })
            })
            .collect()
    }
}

/// What the second person confirms, taken off the list. Refused where nobody began it, and to the first of the two.
pub(crate) async fn confirmed(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    case: &Case,
    facts: Facts,
    withdrawal: &str,
) -> Result<Confirmed> {
    let row = one(tx, &case.id, withdrawal).await?;
    let act: Withdrawal = slug(&row, 0)?;
    let begun_by: Option<String> = row.try_get(4)?;
    let first_of_two = begun_by.as_ref() == Some(&member.id);
    allow(member, case, action(act), Facts { first_of_two, ..facts })?;
    if begun_by.is_none() {
        return Err(StoreError::WrongState);
    }
    sqlx::query(DROP).bind(withdrawal.to_owned()).execute(&mut **tx).await?;
    Ok(Confirmed { act, field: row.try_get(1)?, reason: row.try_get(2)? })
}

/// Takes the words of a redacted field out of the working version, of every version kept, and the comments on it. A
/// verification was of other words, so it is taken back.
pub(crate) async fn withhold_in_desk(tx: &mut Transaction<'_, Any>, id: &str, field: &str) -> Result<()> {
    for row in sqlx::query(VERSIONS).bind(id.to_owned()).fetch_all(&mut **tx).await? {
        let number: i64 = row.try_get(0)?;
        if let Some(json) = without(&draft(&row, 1)?, field)? {
            sqlx::query(SET_VERSION).bind(id.to_owned()).bind(number).bind(json).execute(&mut **tx).await?;
        }
    }
    let Some(row) = sqlx::query(WORKING).bind(id.to_owned()).fetch_optional(&mut **tx).await? else {
        return Ok(());
    };
    let said = draft(&row, 0)?;
    if let Some(json) = without(&said, field)? {
        let revision = row.try_get::<i64, _>(1)? + 1;
        let mut revisions: std::collections::BTreeMap<String, i64> =
            serde_json::from_str(&row.try_get::<String, _>(2)?)?;
        // A form that was opened before and still holds the words is in conflict, not saved.
        let now = form::flatten(&serde_json::from_str::<Draft>(&json)?);
        let gone = form::flatten(&said).into_iter().filter(|(name, text)| now.get(name) != Some(text));
        revisions.extend(gone.map(|(name, _)| (name, revision)));
        let state: Option<domain::case::WorkingState> = slug_or_none(&row, 3)?;
        let state = state.map(|state| state.after(Step::Edit).unwrap_or(state).slug());
        sqlx::query(SET_WORKING)
            .bind(id.to_owned())
            .bind(json)
            .bind(revision)
            .bind(serde_json::to_string(&revisions)?)
            .bind(state)
            .execute(&mut **tx)
            .await?;
    }
    for of in std::iter::once(&field).chain(domain::incident::form_fields(field)) {
        sqlx::query(DROP_COMMENTS).bind(id.to_owned()).bind((*of).to_owned()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes the reasons that were published with a case out of the log and of the correction under way.
pub(crate) async fn forget_reasons(tx: &mut Transaction<'_, Any>, id: &str) -> Result<()> {
    for sql in [FORGET_REASONS, FORGET_CORRECTION] {
        sqlx::query(sql).bind(id.to_owned()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// A draft without the words of `field`, where it had any.
fn without(said: &Draft, field: &str) -> Result<Option<String>> {
    let mut draft = said.clone();
    draft.withhold(field);
    Ok(if draft == *said { None } else { Some(serde_json::to_string(&draft)?) })
}

/// The field that is meant: one that can be redacted in what is public, or none for an erasure.
fn field_of<'a>(case: &Case, act: Withdrawal, field: &'a str) -> Result<&'a str> {
    match act {
        Withdrawal::Erase => Ok(""),
        Withdrawal::Redact if case.reference.is_none() => Err(StoreError::WrongState),
        Withdrawal::Redact if REDACTABLE.contains(&field) => Ok(field),
        Withdrawal::Redact => {
            let problem = Problem::NotInList { value: field.chars().take(40).collect() };
            Err(StoreError::Refused(vec![FieldError::new("field", problem)]))
        }
    }
}

async fn one(tx: &mut Transaction<'_, Any>, id: &str, withdrawal: &str) -> Result<sqlx::any::AnyRow> {
    let row = sqlx::query(ONE).bind(id.to_owned()).bind(text(withdrawal)).fetch_optional(&mut **tx).await?;
    row.ok_or(StoreError::NotFound)
}
