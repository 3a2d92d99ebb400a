//! Disputes: that somebody disputes a published incident, and why, beside its unchanged content. Each begins and ends with
//! an edition of its own.

use domain::case::PublicState;
use domain::incident::LIMITS;
use domain::rights::Action;
use domain::{FieldError, Problem};
use sqlx::{Any, Row, Transaction};

use super::{add_edition, next_edition};
use crate::desk::audit::{self, Entry};
use crate::desk::{Case, Member, allow, locked};
use crate::error::Result;
use crate::record::Cause;
use crate::{CURRENT, Store, StoreError, new_id, text};

const ADD: &str = "INSERT INTO record_dispute (version_id, id, edition_from, edition_to, said_by, reason) \
     VALUES ($1, $2, $3, $4, $5, $6)";
const CLOSE: &str = "UPDATE record_dispute SET edition_to = $2 WHERE id = $1 AND edition_to = $3";

const STANDS: &str = "SELECT COUNT(*) FROM record_dispute WHERE id = $1 AND edition_to = $2";

pub(super) const QUERIES: &[&str] = &[ADD, CLOSE, STANDS];

impl Store {
    /// Marks a published incident as disputed, by whom and with a reason that is public.
    pub async fn dispute(
        &self,
        member: &Member,
        id: &str,
        said_by: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<i64> {
        let (mut tx, edition, reference) = self.begin_dispute(member, id).await?;
        if close(&mut tx, id, edition).await? > 0 {
            return Err(StoreError::WrongState);
        }
        let said_by = said_by.trim();
        let given = said_by.chars().count();
        let problem = match given {
            0 => Some(Problem::Missing),
            given if given > LIMITS.line => Some(Problem::TooLong { given, most: LIMITS.line }),
            _ if said_by.chars().any(char::is_control) => Some(Problem::BadCharacters),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(StoreError::Refused(vec![FieldError::new("said_by", problem)]));
        }
        sqlx::query(ADD)
            .bind(new_id())
            .bind(id.to_owned())
            .bind(edition)
            .bind(CURRENT)
            .bind(text(said_by))
            .bind(text(reason))
            .execute(&mut *tx)
            .await?;
        add_edition(&mut tx, edition, Cause::Dispute, Some(id), reason, at).await?;
        let entry = Entry { act: "disputed", actor: &member.id, subject: &reference, reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(edition)
    }

    /// Lifts a dispute, with a reason that is public.
    pub async fn lift_dispute(
        &self,
        member: &Member,
        id: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<i64> {
        let (mut tx, edition, reference) = self.begin_dispute(member, id).await?;
        if close(&mut tx, id, edition).await? == 0 {
            return Err(StoreError::WrongState);
        }
        add_edition(&mut tx, edition, Cause::DisputeLifted, Some(id), reason, at).await?;
        let entry = Entry { act: "dispute lifted", actor: &member.id, subject: &reference, reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(edition)
    }

    /// What is public of a case is marked as disputed.
    pub async fn is_disputed(&self, case: &Case) -> Result<bool> {
        let row = sqlx::query(STANDS).bind(case.id.clone()).bind(CURRENT).fetch_one(self.desk_pool()).await?;
        Ok(row.try_get::<i64, _>(0)? > 0)
    }

    async fn begin_dispute(
        &self,
        member: &Member,
        id: &str,
    ) -> Result<(Transaction<'static, Any>, i64, String)> {
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Dispute, facts)?;
        match case {
            Case { reference: Some(reference), public_state: PublicState::Published, .. } => {
                Ok((tx, edition, reference))
            }
            _ => Err(StoreError::WrongState),
        }
    }
}

/// Ends what stands; how many that were.
pub(super) async fn close(tx: &mut Transaction<'_, Any>, id: &str, edition: i64) -> Result<u64> {
    let done = sqlx::query(CLOSE).bind(id.to_owned()).bind(edition).bind(CURRENT).execute(&mut **tx).await?;
    Ok(done.rows_affected())
}
