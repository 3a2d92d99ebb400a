//! Organisations and their members.

use domain::rights::Role;
use sqlx::Row;

use super::audit::{self, Entry};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

pub(super) const ADD_ORGANISATION: &str =
    "INSERT INTO desk_organisation (id, slug, name, created_at) VALUES ($1, $2, $3, $4)";
pub(super) const ORGANISATION: &str = "SELECT id FROM desk_organisation WHERE slug = $1";
pub(super) const ADD_MEMBER: &str = "INSERT INTO desk_member (id, email, password_hash, disabled, created_at, trial) VALUES ($1, $2, $3, 0, $4, $5)";
pub(super) const MEMBER_BY_EMAIL: &str = "SELECT id FROM desk_member WHERE email = $1";
pub(super) const ADD_MEMBERSHIP: &str =
    "INSERT INTO desk_membership (member, organisation, role, by_steward) VALUES ($1, $2, $3, $4)";
const SIGN_IN: &str = "SELECT id, password_hash FROM desk_member WHERE email = $1 AND disabled = 0";
const SIGNING_MEMBERS: &str = "SELECT COUNT(*) FROM desk_member WHERE password_hash <> ''";

pub(super) const QUERIES: &[&str] =
    &[ADD_ORGANISATION, ORGANISATION, ADD_MEMBER, MEMBER_BY_EMAIL, ADD_MEMBERSHIP, SIGN_IN, SIGNING_MEMBERS];

/// A member who signed in, with the one membership that is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: String,
    /// Their address: shown to colleagues, never to the public.
    pub email: String,
    /// Their organisation's id.
    pub organisation: String,
    /// Its name.
    pub organisation_name: String,
    /// Their role there.
    pub role: Role,
    /// Made for trying it out: never made to set up a second factor.
    pub is_trial: bool,
    /// They sign in with a code of their authenticator too.
    pub has_second_factor: bool,
}

impl Member {
    /// Their role asks for a second factor, and they have none: nothing opens but setting it up.
    pub fn owes_second_factor(&self) -> bool {
        self.role.needs_second_factor() && !self.has_second_factor && !self.is_trial
    }
}

/// A member to add.
pub struct NewMember<'a> {
    /// Their address; kept in lower case.
    pub email: &'a str,
    /// The slug of their organisation.
    pub organisation: &'a str,
    /// Their role there.
    pub role: Role,
    /// Their password, hashed.
    pub password_hash: &'a str,
    /// For trying it out: never made to set up a second factor.
    pub is_trial: bool,
}

/// What signing in compares with.
pub struct SignIn {
    /// The member.
    pub member: String,
    /// Their password, hashed.
    pub password_hash: String,
}

impl Store {
    /// Adds an organisation.
    pub async fn add_organisation(&self, slug: &str, name: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        if sqlx::query(ORGANISATION).bind(text(slug)).fetch_optional(&mut *tx).await?.is_some() {
            return Err(StoreError::Taken("this organisation's short name"));
        }
        sqlx::query(ADD_ORGANISATION)
            .bind(new_id())
            .bind(text(slug))
            .bind(text(name))
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let entry = Entry { act: "organisation added", actor: "command line", subject: slug, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Adds a member to an organisation that exists.
    pub async fn add_member(&self, new: NewMember<'_>, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let email = text(&new.email.trim().to_lowercase());
        let organisation =
            sqlx::query(ORGANISATION).bind(text(new.organisation)).fetch_optional(&mut *tx).await?;
        let organisation: String = organisation.ok_or(StoreError::NotFound)?.try_get(0)?;
        if sqlx::query(MEMBER_BY_EMAIL).bind(email.clone()).fetch_optional(&mut *tx).await?.is_some() {
            return Err(StoreError::Taken("this address"));
        }
        let id = new_id();
        sqlx::query(ADD_MEMBER)
            .bind(id.clone())
            .bind(email)
            .bind(new.password_hash.to_owned())
            .bind(stamp(at))
            .bind(i64::from(new.is_trial))
            .execute(&mut *tx)
            .await?;
        sqlx::query(ADD_MEMBERSHIP)
            .bind(id.clone())
            .bind(organisation)
            .bind(new.role.slug())
            .bind(0i64)
            .execute(&mut *tx)
            .await?;
        let entry =
            Entry { act: "member added", actor: "command line", subject: &id, reason: new.role.slug() };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Nobody can sign in yet.
    pub async fn has_no_members(&self) -> Result<bool> {
        Ok(sqlx::query(SIGNING_MEMBERS).fetch_one(self.desk_pool()).await?.try_get::<i64, _>(0)? == 0)
    }

    /// What to compare a password with; `None` for an unknown or disabled member.
    pub async fn sign_in(&self, email: &str) -> Result<Option<SignIn>> {
        let row = sqlx::query(SIGN_IN)
            .bind(text(&email.trim().to_lowercase()))
            .fetch_optional(self.desk_pool())
            .await?;
        row.map(|row| Ok(SignIn { member: row.try_get(0)?, password_hash: row.try_get(1)? })).transpose()
    }
}
