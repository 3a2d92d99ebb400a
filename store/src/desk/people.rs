//! An organisation's people: who they are, what they may, and the links by which they join or come back.
//!
//! There is no mail: a link is shown once to whoever made it, and copied by hand. It works once and ends after
//! [`LINK_LASTS`]; only its hash is kept. Disabling and another role end somebody's sessions at once.

use domain::membership::{MemberAction, Person, may_act_on};
use domain::rights::Role;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use super::members::{ADD_MEMBER, ADD_MEMBERSHIP, MEMBER_BY_EMAIL};
use super::organisations::IN_USE;
use super::sessions::{end_all_of, end_every, end_others_of, new_token, token_hash};
use crate::error::Result;
use crate::{Store, StoreError, new_id, slug, stamp, text};

/// How long an invitation or a link for a new password works.
pub const LINK_LASTS: std::time::Duration = std::time::Duration::from_secs(72 * 3600);

const LIST: &str = "SELECT m.id, m.email, ms.role, m.disabled, m.created_at, \
     (SELECT MAX(s.seen_at) FROM desk_session s WHERE s.member = m.id), \
     (SELECT COUNT(*) FROM desk_second_factor f WHERE f.member = m.id AND f.state = 'standing') \
     FROM desk_member m JOIN desk_membership ms ON ms.member = m.id \
     WHERE ms.organisation = $1 ORDER BY m.email LIMIT 1000";
const OF: &str = "SELECT m.id, m.email, ms.role, ms.organisation, m.disabled FROM desk_member m \
     JOIN desk_membership ms ON ms.member = m.id WHERE m.id = $1 AND ms.organisation = $2";
const LOCK: &str = "UPDATE desk_member SET disabled = disabled WHERE id = $1";
const BY_EMAIL: &str = "SELECT m.id, m.email, ms.role, ms.organisation, m.disabled FROM desk_member m \
     JOIN desk_membership ms ON ms.member = m.id WHERE m.email = $1";
const SET_ROLE: &str = "UPDATE desk_membership SET role = $3 WHERE member = $1 AND organisation = $2";
const SET_DISABLED: &str = "UPDATE desk_member SET disabled = $2 WHERE id = $1";
const SET_PASSWORD: &str = "UPDATE desk_member SET password_hash = $2 WHERE id = $1";
const ADD_LINK: &str = "INSERT INTO desk_invitation (token_hash, organisation, email, role, member, made_by, made_at, ends_at, by_steward) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const LINKS: &str = "SELECT token_hash, email, role, member, ends_at FROM desk_invitation \
     WHERE organisation = $1 AND ends_at > $2 ORDER BY made_at, token_hash LIMIT 1000";
const LINK: &str = "SELECT i.token_hash, i.email, i.role, i.member, i.ends_at, i.organisation, o.name, i.by_steward FROM desk_invitation i \
     JOIN desk_organisation o ON o.id = i.organisation WHERE i.token_hash = $1 AND i.ends_at > $2";
const TAKE_LINK: &str = "DELETE FROM desk_invitation WHERE token_hash = $1";
const DROP_LINKS_OF: &str = "DELETE FROM desk_invitation WHERE organisation = $1 AND email = $2";
const DROP_LINKS_BY: &str = "DELETE FROM desk_invitation WHERE made_by = $1";
const WITHDRAW: &str = "DELETE FROM desk_invitation WHERE token_hash = $1 AND organisation = $2";
const DROP_ENDED: &str = "DELETE FROM desk_invitation WHERE ends_at <= $1";

pub(super) const QUERIES: &[&str] = &[
    LIST,
    OF,
    LOCK,
    BY_EMAIL,
    SET_ROLE,
    SET_DISABLED,
    SET_PASSWORD,
    ADD_LINK,
    LINKS,
    LINK,
    TAKE_LINK,
    DROP_LINKS_OF,
    DROP_LINKS_BY,
    WITHDRAW,
    DROP_ENDED,
];

/// A member, as their manager sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLine {
    /// Their id.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// They are kept out.
    pub disabled: bool,
    /// Since when they are a member.
    pub created_at: String,
    /// When a session of theirs that still stands was last used.
    pub seen_at: Option<String>,
    /// They sign in with a code of their authenticator too.
    pub has_second_factor: bool,
}

/// A link that nobody used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The hash of its token: names it, and does not open it.
    pub hash: String,
    /// For whom.
    pub email: String,
    /// With which role.
    pub role: Role,
    /// It is for a new password of a member, not for joining.
    pub is_recovery: bool,
    /// When it ends.
    pub ends_at: String,
}

/// What somebody who holds a link is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The link.
    pub link: Link,
    /// The name of the organisation.
    pub organisation_name: String,
}

pub(super) struct Colleague {
    pub(super) id: String,
    email: String,
    role: Role,
    organisation: String,
    disabled: bool,
}

impl Store {
    /// The members of the organisation that `by` manages, by address.
    pub async fn members(&self, by: &Member) -> Result<Vec<MemberLine>> {
        allow(by, Person::SameOrganisation, MemberAction::List, &[])?;
        let rows = sqlx::query(LIST).bind(by.organisation.clone()).fetch_all(self.desk_pool()).await?;
        rows.iter()
            .map(|row| {
                Ok(MemberLine {
                    id: row.try_get(0)?,
                    email: row.try_get(1)?,
                    role: slug(row, 2)?,
                    disabled: row.try_get::<i64, _>(3)? != 0,
                    created_at: row.try_get(4)?,
                    seen_at: row.try_get(5)?,
                    has_second_factor: row.try_get::<i64, _>(6)? != 0,
                })
            })
            .collect()
    }

    /// The links of that organisation that still work.
    pub async fn links(&self, by: &Member, at: jiff::Timestamp) -> Result<Vec<Link>> {
        allow(by, Person::SameOrganisation, MemberAction::List, &[])?;
        let rows = sqlx::query(LINKS)
            .bind(by.organisation.clone())
            .bind(stamp(at))
            .fetch_all(self.desk_pool())
            .await?;
        rows.iter().map(link).collect()
    }

    /// Invites somebody; the token of the link, which is kept nowhere. One invitation replaces an earlier one.
    pub async fn invite(&self, by: &Member, email: &str, role: Role, at: jiff::Timestamp) -> Result<String> {
        allow(by, Person::SameOrganisation, MemberAction::Invite, &[role])?;
        let email = text(&email.trim().to_lowercase());
        let mut tx = self.write().await?;
        // Only of one's own organisation is it said that somebody is a member.
        let known = by_email(&mut tx, &email).await?;
        if known.is_some_and(|known| known.organisation == by.organisation) {
            return Err(StoreError::Taken("this address"));
        }
        let new = NewLink {
            organisation: &by.organisation,
            email: &email,
            role,
            member: None,
            by: &by.id,
            by_steward: false,
        };
        let token = add_link(&mut tx, new, at).await?;
        let entry = Entry { act: "member invited", actor: &by.id, subject: &email, reason: role.slug() };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Takes a link back.
    pub async fn withdraw_link(&self, by: &Member, hash: &str, at: jiff::Timestamp) -> Result<()> {
        allow(by, Person::SameOrganisation, MemberAction::Invite, &[])?;
        let mut tx = self.write().await?;
        let gone =
            sqlx::query(WITHDRAW).bind(text(hash)).bind(by.organisation.clone()).execute(&mut *tx).await?;
        if gone.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
        let entry = Entry { act: "link withdrawn", actor: &by.id, subject: hash, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Gives a colleague another role, and ends their sessions and the links they made.
    pub async fn set_role(&self, by: &Member, id: &str, to: Role, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let them = fellow(&mut tx, by, id).await?;
        allow(by, person(by, &them), MemberAction::SetRole, &[them.role, to])?;
        if them.role == to {
            return Ok(());
        }
        sqlx::query(SET_ROLE)
            .bind(them.id.clone())
            .bind(by.organisation.clone())
            .bind(to.slug())
            .execute(&mut *tx)
            .await?;
        end_all_of(&mut tx, &them.id).await?;
        drop_links_by(&mut tx, &them.id).await?;
        let entry = Entry { act: "role changed", actor: &by.id, subject: &them.id, reason: to.slug() };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps a colleague out, with every session and link of theirs and by them ended, or lets them in again.
    pub async fn set_disabled(
        &self,
        by: &Member,
        id: &str,
        disabled: bool,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let them = fellow(&mut tx, by, id).await?;
        allow(by, person(by, &them), MemberAction::Disable, &[them.role])?;
        if them.disabled == disabled {
            return Ok(());
        }
        sqlx::query(SET_DISABLED).bind(them.id.clone()).bind(i64::from(disabled)).execute(&mut *tx).await?;
        if disabled {
            end_all_of(&mut tx, &them.id).await?;
            drop_links(&mut tx, &them.organisation, &them.email).await?;
            drop_links_by(&mut tx, &them.id).await?;
        }
        let act = if disabled { "member disabled" } else { "member let in again" };
        audit::append(&mut tx, at, Entry { act, actor: &by.id, subject: &them.id, reason: "" }).await?;
        Ok(tx.commit().await?)
    }

    /// A link by which a colleague chooses a new password: their address, and the link's token. The old password
    /// works until then.
    pub async fn recover(&self, by: &Member, id: &str, at: jiff::Timestamp) -> Result<(String, String)> {
        let mut tx = self.write().await?;
        let them = fellow(&mut tx, by, id).await?;
        allow(by, person(by, &them), MemberAction::Recover, &[them.role])?;
        let token = recovery(tx, &them, &by.id, at).await?;
        Ok((them.email, token))
    }

    /// The same, handed out by the operator.
    pub async fn recover_by_email(&self, email: &str, at: jiff::Timestamp) -> Result<String> {
        let mut tx = self.write().await?;
        let them = by_email(&mut tx, email).await?.ok_or(StoreError::NotFound)?;
        recovery(tx, &them, "command line", at).await
    }

    /// What a link is for; `None` once it was used, ended or taken back.
    pub async fn invitation(&self, token: &str, at: jiff::Timestamp) -> Result<Option<Invitation>> {
        let row = sqlx::query(LINK)
            .bind(token_hash(token))
            .bind(stamp(at))
            .fetch_optional(self.desk_pool())
            .await?;
        row.map(|row| Ok(Invitation { link: link(&row)?, organisation_name: row.try_get(6)? })).transpose()
    }

    /// Uses a link: the member exists with this password, and the link does not work again. Every session of a
    /// member who comes back ends.
    pub async fn accept(&self, token: &str, password_hash: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let hash = token_hash(token);
        let row = sqlx::query(LINK)
            .bind(hash.clone())
            .bind(stamp(at))
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let (link, organisation): (Link, String) = (link(&row)?, row.try_get(5)?);
        let known: Option<String> = row.try_get(3)?;
        let by_steward: i64 = row.try_get(7)?;
        if by_steward != 0 {
            // A steward's link is for nobody's organisation: whoever joined since has made it somebody's.
            let of = sqlx::query(IN_USE).bind(organisation.clone()).fetch_one(&mut *tx).await?;
            if of.try_get::<i64, _>(1)? > 0 {
                return Err(StoreError::NotFound);
            }
        }
        if sqlx::query(TAKE_LINK).bind(hash).execute(&mut *tx).await?.rows_affected() == 0 {
            // Somebody else was quicker with the same link.
            return Err(StoreError::NotFound);
        }
        let (id, act) = match known {
            Some(id) => {
                sqlx::query(LOCK).bind(id.clone()).execute(&mut *tx).await?;
                let row = sqlx::query(OF)
                    .bind(id.clone())
                    .bind(organisation.clone())
                    .fetch_optional(&mut *tx)
                    .await?;
                let them = colleague(&row.ok_or(StoreError::NotFound)?)?;
                if them.disabled {
                    return Err(StoreError::NotFound);
                }
                set_password(&mut tx, &id, password_hash).await?;
                (id, "password chosen by a link")
            }
            None => {
                let taken = sqlx::query(MEMBER_BY_EMAIL).bind(link.email.clone());
                if taken.fetch_optional(&mut *tx).await?.is_some() {
                    return Err(StoreError::NotFound);
                }
                let id = new_id();
                sqlx::query(ADD_MEMBER)
                    .bind(id.clone())
                    .bind(link.email.clone())
                    .bind(password_hash.to_owned())
                    .bind(stamp(at))
                    .bind(0i64)
                    .execute(&mut *tx)
                    .await?;
                sqlx::query(ADD_MEMBERSHIP)
                    .bind(id.clone())
                    .bind(organisation.clone())
                    .bind(link.role.slug())
                    .bind(by_steward)
                    .execute(&mut *tx)
                    .await?;
                (id, "member joined")
            }
        };
        end_all_of(&mut tx, &id).await?;
        drop_links(&mut tx, &organisation, &link.email).await?;
        let entry = Entry { act, actor: &id, subject: &id, reason: link.role.slug() };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Sets a member's own new password and ends their other sessions; `token` is of the one that stays.
    pub async fn change_password(
        &self,
        member: &Member,
        password_hash: &str,
        token: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        set_password(&mut tx, &member.id, password_hash).await?;
        end_others_of(&mut tx, &member.id, token).await?;
        let entry = Entry { act: "password changed", actor: &member.id, subject: &member.id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Ends every session of one member, or of all; how many ended. Done by the operator.
    pub async fn end_sessions(&self, email: Option<&str>, at: jiff::Timestamp) -> Result<u64> {
        let mut tx = self.write().await?;
        let (ended, subject) = match email {
            None => (end_every(&mut tx).await?, "all".to_owned()),
            Some(email) => {
                let them = by_email(&mut tx, email).await?.ok_or(StoreError::NotFound)?;
                (end_all_of(&mut tx, &them.id).await?, them.id)
            }
        };
        let entry = Entry { act: "sessions ended", actor: "command line", subject: &subject, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(ended)
    }
}

/// A member of the same organisation, locked until the write ends; others do not exist for `by`, and who may not even
/// list members learns nothing of who is one.
async fn fellow(tx: &mut Transaction<'_, Any>, by: &Member, id: &str) -> Result<Colleague> {
    allow(by, Person::SameOrganisation, MemberAction::List, &[])?;
    sqlx::query(LOCK).bind(text(id)).execute(&mut **tx).await?;
    let row = sqlx::query(OF).bind(text(id)).bind(by.organisation.clone()).fetch_optional(&mut **tx).await?;
    colleague(&row.ok_or(StoreError::NotFound)?)
}

/// The member with this address, of whatever organisation.
pub(super) async fn by_email(tx: &mut Transaction<'_, Any>, email: &str) -> Result<Option<Colleague>> {
    let email = text(&email.trim().to_lowercase());
    let row = sqlx::query(BY_EMAIL).bind(email).fetch_optional(&mut **tx).await?;
    row.as_ref().map(colleague).transpose()
}

pub(super) struct NewLink<'a> {
    pub(super) organisation: &'a str,
    pub(super) email: &'a str,
    pub(super) role: Role,
    pub(super) member: Option<&'a str>,
    pub(super) by: &'a str,
    pub(super) by_steward: bool,
}

pub(super) async fn add_link(
    tx: &mut Transaction<'_, Any>,
    new: NewLink<'_>,
    at: jiff::Timestamp,
) -> Result<String> {
    let token = new_token()?;
    sqlx::query(DROP_ENDED).bind(stamp(at)).execute(&mut **tx).await?;
    drop_links(tx, new.organisation, new.email).await?;
    sqlx::query(ADD_LINK)
        .bind(token_hash(&token))
        .bind(new.organisation.to_owned())
        .bind(new.email.to_owned())
        .bind(new.role.slug())
        .bind(new.member.map(str::to_owned))
        .bind(new.by.to_owned())
        .bind(stamp(at))
        .bind(stamp(at + LINK_LASTS))
        .bind(i64::from(new.by_steward))
        .execute(&mut **tx)
        .await?;
    Ok(token)
}

async fn recovery(
    mut tx: Transaction<'_, Any>,
    them: &Colleague,
    by: &str,
    at: jiff::Timestamp,
) -> Result<String> {
    if them.disabled {
        return Err(StoreError::WrongState);
    }
    let (organisation, email) = (&them.organisation, &them.email);
    let member = Some(them.id.as_str());
    let new = NewLink { organisation, email, role: them.role, member, by, by_steward: false };
    let token = add_link(&mut tx, new, at).await?;
    let entry = Entry { act: "recovery link made", actor: by, subject: &them.id, reason: "" };
    audit::append(&mut tx, at, entry).await?;
    tx.commit().await?;
    Ok(token)
}

async fn drop_links(tx: &mut Transaction<'_, Any>, organisation: &str, email: &str) -> Result<()> {
    sqlx::query(DROP_LINKS_OF)
        .bind(organisation.to_owned())
        .bind(email.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Links that somebody made: who runs the members no more must not come back by one of their own.
async fn drop_links_by(tx: &mut Transaction<'_, Any>, member: &str) -> Result<()> {
    sqlx::query(DROP_LINKS_BY).bind(member.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

async fn set_password(tx: &mut Transaction<'_, Any>, id: &str, hash: &str) -> Result<()> {
    sqlx::query(SET_PASSWORD).bind(id.to_owned()).bind(hash.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

fn allow(by: &Member, person: Person, action: MemberAction, involved: &[Role]) -> Result<()> {
    may_act_on(by.role, person, action, involved).then_some(()).ok_or(StoreError::Forbidden)
}

fn person(by: &Member, them: &Colleague) -> Person {
    if them.id == by.id { Person::Oneself } else { Person::SameOrganisation }
}

fn colleague(row: &AnyRow) -> Result<Colleague> {
    Ok(Colleague {
        id: row.try_get(0)?,
        email: row.try_get(1)?,
        role: slug(row, 2)?,
        organisation: row.try_get(3)?,
        disabled: row.try_get::<i64, _>(4)? != 0,
    })
}

fn link(row: &AnyRow) -> Result<Link> {
    Ok(Link {
        hash: row.try_get(0)?,
        email: row.try_get(1)?,
        role: slug(row, 2)?,
        is_recovery: row.try_get::<Option<String>, _>(3)?.is_some(),
        ends_at: row.try_get(4)?,
    })
}
