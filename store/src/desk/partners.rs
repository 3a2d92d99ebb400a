//! Partner organisations: for small teams, another organisation's reviewers as second person.
//!
//! A manager names a partner, the partner's manager accepts, and then a case can be handed to the partner's reviewers.
//! It stays the owner's. Whatever either side takes back ends at once, in the same transaction.

use domain::membership::may_run_partners;
use domain::rights::{Action, Relation};
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use super::cases::{allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

const NAME: &str = "INSERT INTO desk_partnership (id, organisation, partner_slug, named_by, named_at) \
     SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM desk_organisation WHERE id = $2 AND slug = $3) \
     ON CONFLICT (organisation, partner_slug) DO NOTHING";
// Of a partnership that was not accepted yet, whoever named it sees no more than they typed.
const LIST: &str = "SELECT p.id, p.organisation, p.partner_slug, o.name, t.name, p.accepted_at FROM desk_partnership p \
     JOIN desk_organisation o ON o.id = p.organisation \
     LEFT JOIN desk_organisation t ON t.slug = p.partner_slug AND p.accepted_at IS NOT NULL \
     WHERE p.organisation = $1 OR p.partner_slug = (SELECT slug FROM desk_organisation WHERE id = $1) \
     ORDER BY p.named_at, p.id LIMIT 200";
const ACCEPT: &str = "UPDATE desk_partnership SET accepted_by = $3, accepted_at = $4 WHERE id = $1 \
     AND accepted_at IS NULL AND partner_slug = (SELECT slug FROM desk_organisation WHERE id = $2)";
const ONE: &str = "SELECT organisation, (SELECT t.id FROM desk_organisation t WHERE t.slug = partner_slug) \
     FROM desk_partnership WHERE id = $1 \
     AND (organisation = $2 OR partner_slug = (SELECT slug FROM desk_organisation WHERE id = $2))";
const END: &str = "DELETE FROM desk_partnership WHERE id = $1";
const TAKE_CASES_BACK: &str = "UPDATE desk_case SET partner = NULL WHERE organisation = $1 AND partner = $2";
const PARTNERS: &str = "SELECT t.id, t.name FROM desk_partnership p JOIN desk_organisation t ON t.slug = p.partner_slug \
     WHERE p.organisation = $1 AND p.accepted_at IS NOT NULL ORDER BY t.name, t.id";
// Takes the partnership's row, so that it does not end meanwhile.
const STANDS: &str = "UPDATE desk_partnership SET accepted_at = accepted_at WHERE organisation = $1 \
     AND partner_slug = (SELECT slug FROM desk_organisation WHERE id = $2) AND accepted_at IS NOT NULL";
const HAND: &str = "UPDATE desk_case SET partner = $2, changed_at = $3 WHERE id = $1";

pub(super) const QUERIES: &[&str] = &[NAME, LIST, ACCEPT, ONE, END, TAKE_CASES_BACK, PARTNERS, STANDS, HAND];

/// No short name of an organisation is longer.
const LONGEST_SLUG: usize = 80;

/// Two organisations, one of which lends reviewers to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partnership {
    /// Its id.
    pub id: String,
    /// The other organisation: its name, or what was typed as long as nobody accepted.
    pub with: String,
    /// The member's own organisation named it: the other's reviewers read what is handed to them.
    pub is_ours: bool,
    /// When it was accepted.
    pub accepted_at: Option<String>,
}

/// An organisation to which cases can be handed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub organisation: String,
    /// Its name.
    pub name: String,
}

impl Store {
    /// The partnerships of the manager's organisation, either way.
    pub async fn partnerships(&self, by: &Member) -> Result<Vec<Partnership>> {
        allow_manager(by)?;
        let rows = sqlx::query(LIST).bind(by.organisation.clone()).fetch_all(self.desk_pool()).await?;
        rows.iter()
            .map(|row| {
                let is_ours = row.try_get::<String, _>(1)? == by.organisation;
                let (typed, owner): (String, String) = (row.try_get(2)?, row.try_get(3)?);
                let partner: Option<String> = row.try_get(4)?;
                Ok(Partnership {
                    id: row.try_get(0)?,
                    with: if is_ours { partner.unwrap_or(typed) } else { owner },
                    is_ours,
                    accepted_at: row.try_get(5)?,
                })
            })
            .collect()
    }

    /// Names a partner by its short name. It answers alike whether there is such an organisation or not.
    pub async fn name_partner(&self, by: &Member, slug: &str, at: jiff::Timestamp) -> Result<()> {
        allow_manager(by)?;
        let slug = slug.trim().to_lowercase();
        let is_slug = !slug.is_empty()
            && slug.len() <= LONGEST_SLUG
            && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_slug {
            return Err(StoreError::NotFound);
        }
        let mut tx = self.write().await?;
        sqlx::query(NAME)
            .bind(new_id())
            .bind(by.organisation.clone())
            .bind(slug.clone())
            .bind(by.id.clone())
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        log(&mut tx, by, "partner named", &by.organisation, &slug, at).await?;
        Ok(tx.commit().await?)
    }

    /// Accepts to review for an organisation that named the manager's own.
    pub async fn accept_partnership(&self, by: &Member, id: &str, at: jiff::Timestamp) -> Result<()> {
        allow_manager(by)?;
        let mut tx = self.write().await?;
        let accepted = sqlx::query(ACCEPT)
            .bind(text(id))
            .bind(by.organisation.clone())
            .bind(by.id.clone())
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        if accepted.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
        log(&mut tx, by, "partnership accepted", id, "", at).await?;
        Ok(tx.commit().await?)
    }

    /// Ends a partnership, from either side; every case that was handed over by it is taken back.
    pub async fn end_partnership(&self, by: &Member, id: &str, at: jiff::Timestamp) -> Result<()> {
        allow_manager(by)?;
        let mut tx = self.write().await?;
        let row =
            sqlx::query(ONE).bind(text(id)).bind(by.organisation.clone()).fetch_optional(&mut *tx).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let (owner, partner): (String, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
        sqlx::query(END).bind(text(id)).execute(&mut *tx).await?;
        sqlx::query(TAKE_CASES_BACK).bind(owner).bind(partner).execute(&mut *tx).await?;
        log(&mut tx, by, "partnership ended", id, "", at).await?;
        Ok(tx.commit().await?)
    }

    /// The organisations that accepted to review for the member's own.
    pub async fn partners(&self, member: &Member) -> Result<Vec<Partner>> {
        let rows =
            sqlx::query(PARTNERS).bind(member.organisation.clone()).fetch_all(self.desk_pool()).await?;
        rows.iter().map(|row| Ok(Partner { organisation: row.try_get(0)?, name: row.try_get(1)? })).collect()
    }

    /// Hands a case to a partner organisation's reviewers, or with `None` takes it back; a partner gives it back so.
    pub async fn hand_to_partner(
        &self,
        member: &Member,
        id: &str,
        partner: Option<&str>,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        // Before the case, as ending does, so that neither waits for the other in a circle.
        let stands = match partner {
            Some(partner) => {
                let stands = sqlx::query(STANDS).bind(member.organisation.clone()).bind(text(partner));
                stands.execute(&mut *tx).await?.rows_affected() > 0
            }
            None => true,
        };
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::HandToPartner, facts)?;
        if case.working_state.is_none() || case.partner.as_deref() == partner {
            return Err(StoreError::WrongState);
        }
        if partner.is_some() && case.relation(member) == Relation::Partner {
            return Err(StoreError::Forbidden);
        }
        if !stands {
            return Err(StoreError::NotFound);
        }
        sqlx::query(HAND)
            .bind(case.id.clone())
            .bind(partner.map(text))
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let act = match partner {
            Some(_) => "case handed to partner",
            None if case.relation(member) == Relation::Partner => "case given back by partner",
            None => "case taken back from partner",
        };
        let with = partner.or(case.partner.as_deref()).unwrap_or_default();
        log(&mut tx, member, act, &case.id, with, at).await?;
        Ok(tx.commit().await?)
    }
}

fn allow_manager(by: &Member) -> Result<()> {
    if may_run_partners(by.role) { Ok(()) } else { Err(StoreError::Forbidden) }
}

async fn log(
    tx: &mut Transaction<'_, Any>,
    by: &Member,
    act: &'static str,
    subject: &str,
    reason: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    audit::append(tx, at, Entry { act, actor: &by.id, subject, reason }).await
}
