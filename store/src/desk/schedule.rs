//! Publishing at a time: what a reviewer decided, kept until the moment comes. The door itself is in [`crate::publish`].

use domain::case::WorkingState;
use domain::queue::TakenOff;
use domain::rights::{Action, Relation};
use domain::{FieldError, Problem};
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use super::cases::{Case, allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, slug_or_none, stamp};

const SET: &str = "INSERT INTO desk_schedule (case_id, due, member, hash, made_at) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (case_id) DO UPDATE SET due = excluded.due, member = excluded.member, hash = excluded.hash, \
     made_at = excluded.made_at, taken_off = NULL";
const DROP: &str = "DELETE FROM desk_schedule WHERE case_id = $1";
const OF_CASE: &str = "SELECT s.due, m.email, s.hash, s.taken_off FROM desk_schedule s \
     JOIN desk_member m ON m.id = s.member WHERE s.case_id = $1";
const DUE: &str =
    "SELECT case_id FROM desk_schedule WHERE due <= $1 AND taken_off IS NULL ORDER BY due, case_id LIMIT 100";
const TAKE_OFF: &str = "UPDATE desk_schedule SET taken_off = $2 WHERE case_id = $1";
// Who decided, as they stand now: nobody where they are kept out or belong elsewhere.
const DECIDED: &str = "SELECT s.due, s.hash, s.member, \
     (SELECT ms.role FROM desk_membership ms JOIN desk_member m ON m.id = ms.member \
         WHERE ms.member = s.member AND ms.organisation = c.organisation AND m.disabled = 0), c.organisation \
     FROM desk_schedule s JOIN desk_case c ON c.id = s.case_id WHERE s.case_id = $1 AND s.taken_off IS NULL";

pub(super) const QUERIES: &[&str] = &[SET, DROP, OF_CASE, DUE, TAKE_OFF, DECIDED];

/// A time that was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When, in UTC.
    pub due: String,
    /// The address of who decided.
    pub by: String,
    /// Why it was, or will be, not published then.
    pub taken_off: Option<TakenOff>,
}

/// What was decided, and by whom, as they stand at the moment of publishing.
pub(crate) struct Decided {
    pub(crate) due: String,
    pub(crate) hash: String,
    pub(crate) member: String,
    /// The member with the rights they have now; `None` where they have none.
    pub(crate) acting: Option<Member>,
}

impl Store {
    /// Sets the time at which a verified version is to be published: over exactly what stands there, by a member who may
    /// publish it now.
    pub async fn schedule(
        &self,
        member: &Member,
        id: &str,
        due: jiff::Timestamp,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Publish, facts)?;
        if case.relation(member) == Relation::Partner {
            // They publish now or not at all: a partnership may have ended by then, and the time is the owner's to set.
            return Err(StoreError::Forbidden);
        }
        if case.working_state != Some(WorkingState::Verified) || !case.public_state.may_be_replaced() {
            return Err(StoreError::WrongState);
        }
        let hash = case.draft_hash()?;
        if case.verified_hash.as_deref() != Some(hash.as_str()) {
            return Err(StoreError::ChangedSinceVerified);
        }
        if due <= at {
            let problem = Problem::NotAhead { value: stamp(due) };
            return Err(StoreError::Refused(vec![FieldError::new("time", problem)]));
        }
        sqlx::query(SET)
            .bind(id.to_owned())
            .bind(stamp(due))
            .bind(member.id.clone())
            .bind(hash)
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let due = stamp(due);
        let entry = Entry { act: "publishing scheduled", actor: &member.id, subject: id, reason: &due };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Takes the time back. Any reviewer may: nothing becomes public by it.
    pub async fn unschedule(&self, member: &Member, id: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Unschedule, facts)?;
        if sqlx::query(DROP).bind(id.to_owned()).execute(&mut *tx).await?.rows_affected() == 0 {
            return Err(StoreError::WrongState);
        }
        let entry = Entry { act: "publishing unscheduled", actor: &member.id, subject: id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// The time that was set for a case.
    pub async fn schedule_of(&self, case: &Case) -> Result<Option<Schedule>> {
        let row = sqlx::query(OF_CASE).bind(case.id.clone()).fetch_optional(self.desk_pool()).await?;
        let Some(row) = row else { return Ok(None) };
        let hash: String = row.try_get(2)?;
        let stands =
            case.working_state == Some(WorkingState::Verified) && case.verified_hash.as_ref() == Some(&hash);
        let taken_off = slug_or_none(&row, 3)?.or((!stands).then_some(TakenOff::Changed));
        Ok(Some(Schedule { due: row.try_get(0)?, by: row.try_get(1)?, taken_off }))
    }

    /// The cases whose time has come.
    pub(crate) async fn due(&self, at: jiff::Timestamp) -> Result<Vec<String>> {
        let rows = sqlx::query(DUE).bind(stamp(at)).fetch_all(self.desk_pool()).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Notes why a case was not published at its time.
    pub(crate) async fn take_off(&self, id: &str, why: TakenOff, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let Some(decided) = decided(&mut tx, id).await? else { return Ok(()) };
        sqlx::query(TAKE_OFF).bind(id.to_owned()).bind(why.slug()).execute(&mut *tx).await?;
        let act = "not published at its time";
        audit::append(&mut tx, at, Entry { act, actor: &decided.member, subject: id, reason: why.slug() })
            .await?;
        Ok(tx.commit().await?)
    }
}

/// What was decided for a case and still stands.
pub(crate) async fn decided(tx: &mut Transaction<'_, Any>, id: &str) -> Result<Option<Decided>> {
    let Some(row) = sqlx::query(DECIDED).bind(id.to_owned()).fetch_optional(&mut **tx).await? else {
        return Ok(None);
    };
    let member: String = row.try_get(2)?;
    let acting = match slug_or_none(&row, 3)? {
        Some(role) => Some(Member {
            id: member.clone(),
            email: String::new(),
            organisation: row.try_get(4)?,
            organisation_name: String::new(),
            role,
            is_trial: false,
            has_second_factor: true,
        }),
        None => None,
    };
    Ok(Some(Decided { due: row.try_get(0)?, hash: row.try_get(1)?, member, acting }))
}

/// Forgets the time of a case: it is published, or gone.
pub(crate) async fn forget(tx: &mut Transaction<'_, Any>, id: &str) -> Result<()> {
    sqlx::query(DROP).bind(id.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
