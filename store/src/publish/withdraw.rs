//! Taking back what does harm: hiding at once, and restoring. Both go through every edition, as redaction and erasure do,
//! and all take the head's row first, as publishing does, so that none waits for another in a circle.

use domain::case::PublicState;
use domain::rights::Action;
use sqlx::{Any, Row, Transaction};

use crate::desk::Member;
use crate::desk::audit::{self, Entry};
use crate::desk::{allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, day_of};

const RAISE: &str = "UPDATE record_head SET withdrawals = withdrawals + 1 WHERE one = 1";
const WITHHOLD: &str = "INSERT INTO record_withheld (incident, day) VALUES ($1, $2)";
const RELEASE: &str = "DELETE FROM record_withheld WHERE incident = $1";
const SET_STATE: &str = "UPDATE desk_case SET public_state = $2, hidden_by = $3 WHERE id = $1";
const LAST_STATE: &str = "SELECT state FROM record_incident WHERE id = $1 AND edition_to = $2";

pub(super) const QUERIES: &[&str] = &[RAISE, WITHHOLD, RELEASE, SET_STATE, LAST_STATE];

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
