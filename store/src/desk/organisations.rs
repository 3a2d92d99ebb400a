//! Organisations, for stewards: which there are, adding one, and the link for its first manager.
//!
//! A steward gains no sight of cases by this: the link is made only while nobody belongs to the organisation, so that
//! nothing of anybody's is there to be seen. That a manager came by a steward's link is kept with their membership and
//! shown to every member of the organisation.

use domain::membership::{OrganisationAction, may_on_organisations};
use domain::rights::Role;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Member;
use super::audit::{self, Entry};
use super::members::{ADD_ORGANISATION, ORGANISATION};
use super::people::{NewLink, add_link, by_email};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

const LIST: &str = "SELECT o.id, o.slug, o.name, o.created_at, ms.role, COUNT(m.id), \
     (SELECT MAX(i.ends_at) FROM desk_invitation i WHERE i.organisation = o.id AND i.by_steward = 1 AND i.ends_at > $1), \
     (SELECT COUNT(*) FROM desk_case c WHERE c.organisation = o.id) \
     FROM desk_organisation o LEFT JOIN desk_membership ms ON ms.organisation = o.id \
     LEFT JOIN desk_member m ON m.id = ms.member \
     GROUP BY o.id, o.slug, o.name, o.created_at, ms.role ORDER BY o.name, o.id, ms.role";
// Somebody belongs to it, or it has cases: the starter record's organisation has no members and every documented incident.
pub(super) const IN_USE: &str = "SELECT o.name, (SELECT COUNT(*) FROM desk_membership ms WHERE ms.organisation = o.id) \
     + (SELECT COUNT(*) FROM desk_case c WHERE c.organisation = o.id) FROM desk_organisation o WHERE o.id = $1";
const DROP_LINKS: &str = "DELETE FROM desk_invitation WHERE organisation = $1";
const MANAGERS: &str = "SELECT m.email, ms.by_steward FROM desk_member m JOIN desk_membership ms ON ms.member = m.id \
     WHERE ms.organisation = $1 AND ms.role = 'manager' AND m.disabled = 0 ORDER BY m.email LIMIT 100";

pub(super) const QUERIES: &[&str] = &[LIST, IN_USE, DROP_LINKS, MANAGERS];

/// An organisation, as stewards see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationLine {
    /// Its id.
    pub id: String,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// When it was added.
    pub created_at: String,
    /// How many members have which role, also those who are kept out.
    pub members: Vec<(Role, i64)>,
    /// It has cases, so its first manager is the operator's to choose.
    pub has_cases: bool,
    /// A link for its first manager waits until then.
    pub invited_until: Option<String>,
}

/// Who runs a member's own organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagerLine {
    /// Their address.
    pub email: String,
    /// They came by a link that a steward made.
    pub by_steward: bool,
}

impl Store {
    /// Every organisation, by name.
    pub async fn organisations(&self, by: &Member, at: jiff::Timestamp) -> Result<Vec<OrganisationLine>> {
        allow(by, OrganisationAction::List)?;
        let rows = sqlx::query(LIST).bind(stamp(at)).fetch_all(self.desk_pool()).await?;
        let mut list: Vec<OrganisationLine> = Vec::new();
        for row in &rows {
            let line = organisation(row)?;
            match list.last_mut().filter(|last| last.id == line.id) {
                Some(last) => last.members.extend(line.members),
                None => list.push(line),
            }
        }
        Ok(list)
    }

    /// Adds an organisation; its id.
    pub async fn found_organisation(
        &self,
        by: &Member,
        slug: &str,
        name: &str,
        at: jiff::Timestamp,
    ) -> Result<String> {
        allow(by, OrganisationAction::Add)?;
        let mut tx = self.write().await?;
        if sqlx::query(ORGANISATION).bind(text(slug)).fetch_optional(&mut *tx).await?.is_some() {
            return Err(StoreError::Taken("this organisation's short name"));
        }
        let id = new_id();
        sqlx::query(ADD_ORGANISATION)
            .bind(id.clone())
            .bind(text(slug))
            .bind(text(name))
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let entry = Entry { act: "organisation added", actor: &by.id, subject: slug, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The token of a link for the first manager of an organisation that nobody belongs to and that has no
    /// case; a link made before does not work any more. Where somebody belongs to it, its members are its own business; where it has
    /// cases, its first manager is the operator's to choose.
    pub async fn invite_first_manager(
        &self,
        by: &Member,
        organisation: &str,
        email: &str,
        at: jiff::Timestamp,
    ) -> Result<String> {
        allow(by, OrganisationAction::InviteFirstManager)?;
        let email = text(&email.trim().to_lowercase());
        let mut tx = self.write().await?;
        let row = sqlx::query(IN_USE).bind(text(organisation)).fetch_optional(&mut *tx).await?;
        if row.ok_or(StoreError::NotFound)?.try_get::<i64, _>(1)? > 0 {
            return Err(StoreError::WrongState);
        }
        // A steward's own organisation is told nothing that others are not: only one's own address is refused.
        let known = by_email(&mut tx, &email).await?;
        if known.is_some_and(|known| known.id == by.id) {
            return Err(StoreError::Taken("this address"));
        }
        sqlx::query(DROP_LINKS).bind(text(organisation)).execute(&mut *tx).await?;
        let new = NewLink {
            organisation,
            email: &email,
            role: Role::Manager,
            member: None,
            by: &by.id,
            by_steward: true,
        };
        let token = add_link(&mut tx, new, at).await?;
        let entry = Entry {
            act: "first manager invited by a steward",
            actor: &by.id,
            subject: &email,
            reason: organisation,
        };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Who runs the organisation of `member`, for every member of it.
    pub async fn managers(&self, member: &Member) -> Result<Vec<ManagerLine>> {
        let rows =
            sqlx::query(MANAGERS).bind(member.organisation.clone()).fetch_all(self.desk_pool()).await?;
        rows.iter()
            .map(|row| Ok(ManagerLine { email: row.try_get(0)?, by_steward: row.try_get::<i64, _>(1)? != 0 }))
            .collect()
    }
}

fn allow(by: &Member, action: OrganisationAction) -> Result<()> {
    may_on_organisations(by.role, action).then_some(()).ok_or(StoreError::Forbidden)
}

fn organisation(row: &AnyRow) -> Result<OrganisationLine> {
    let role: Option<String> = row.try_get(4)?;
    let role: Option<Role> = role.and_then(|slug| slug.parse().ok());
    let count: i64 = row.try_get(5)?;
    Ok(OrganisationLine {
        id: row.try_get(0)?,
        slug: row.try_get(1)?,
        name: row.try_get(2)?,
        created_at: row.try_get(3)?,
        members: role.map(|role| (role, count)).into_iter().collect(),
        invited_until: row.try_get(6)?,
        has_cases: row.try_get::<i64, _>(7)? > 0,
    })
}
