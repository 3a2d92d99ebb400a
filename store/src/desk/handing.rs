//! Handing a case over to a colleague, and showing them its sealed notes.

use domain::rights::{Action, Role};
use sqlx::{AnyConnection, Row};

use super::Member;
use super::audit::{self, Entry};
use super::cases::{allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, slug, text};

const HAND: &str = "UPDATE desk_case SET handed_to = $2 WHERE id = $1";
const SHARE: &str = "UPDATE desk_case SET notes_shared = $2 WHERE id = $1";
const COLLEAGUES: &str = "SELECT m.id, m.email, ms.role FROM desk_member m \
     JOIN desk_membership ms ON ms.member = m.id \
     WHERE ms.organisation = $1 AND m.disabled = 0 ORDER BY m.email LIMIT 1000";
const RESEARCHER: &str = "SELECT m.id FROM desk_member m JOIN desk_membership ms ON ms.member = m.id \
     WHERE m.id = $1 AND ms.organisation = $2 AND ms.role = 'researcher' AND m.disabled = 0";

pub(super) const QUERIES: &[&str] = &[HAND, SHARE, COLLEAGUES, RESEARCHER];

/// Somebody of the same organisation, who is not kept out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Their id.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
}

impl Store {
    /// The members of the member's organisation, by address: for choosing and naming them.
    pub async fn colleagues(&self, member: &Member) -> Result<Vec<Colleague>> {
        colleagues(&mut *self.desk_pool().acquire().await?, member).await
    }

    /// Hands a case over to a researcher of the same organisation, or with `None` takes it back.
    pub async fn hand_over(
        &self,
        member: &Member,
        id: &str,
        to: Option<&str>,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::HandOver, facts)?;
        let chosen = match to {
            None => None,
            Some(to) => {
                let row = sqlx::query(RESEARCHER)
                    .bind(text(to))
                    .bind(case.organisation.clone())
                    .fetch_optional(&mut *tx)
                    .await?;
                let to: String = row.ok_or(StoreError::WrongState)?.try_get(0)?;
                // To whom it belongs already it cannot be handed.
                if to == case.entrant {
                    return Err(StoreError::WrongState);
                }
                Some(to)
            }
        };
        if chosen == case.handed_to {
            return Ok(());
        }
        sqlx::query(HAND).bind(id.to_owned()).bind(chosen.clone()).execute(&mut *tx).await?;
        let (act, whom) = match (&chosen, &case.handed_to) {
            (Some(to), _) => ("case handed over", to.as_str()),
            (None, from) => ("case taken back", from.as_deref().unwrap_or_default()),
        };
        audit::append(&mut tx, at, Entry { act, actor: &member.id, subject: id, reason: whom }).await?;
        Ok(tx.commit().await?)
    }

    /// Shows the case's sealed notes to the organisation's researchers, or to them no more. What somebody read meanwhile
    /// stays read.
    pub async fn share_notes(
        &self,
        member: &Member,
        id: &str,
        shared: bool,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::ShareNotes, facts)?;
        if case.notes_shared == shared {
            return Ok(());
        }
        sqlx::query(SHARE).bind(id.to_owned()).bind(i64::from(shared)).execute(&mut *tx).await?;
        let act = if shared { "sealed notes shared" } else { "sealed notes no longer shared" };
        audit::append(&mut tx, at, Entry { act, actor: &member.id, subject: id, reason: "" }).await?;
        Ok(tx.commit().await?)
    }
}

pub(super) async fn colleagues(connection: &mut AnyConnection, member: &Member) -> Result<Vec<Colleague>> {
    let rows = sqlx::query(COLLEAGUES).bind(member.organisation.clone()).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok(Colleague { id: row.try_get(0)?, email: row.try_get(1)?, role: slug(row, 2)? }))
        .collect()
}
