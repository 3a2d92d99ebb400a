//! Sessions: a random token in the member's cookie, of which only the SHA-256 is kept here.

use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use crate::error::Result;
use crate::{Store, StoreError, slug, stamp, text};

const ADD: &str = "INSERT INTO desk_session (token_hash, member, created_at, seen_at, ends_at, waits_for_code) VALUES ($1, $2, $3, $3, $4, $5)";
const GET: &str = "SELECT m.id, m.email, o.id, o.name, ms.role, s.seen_at, m.trial, \
     (SELECT COUNT(*) FROM desk_second_factor f WHERE f.member = m.id AND f.state = 'standing') FROM desk_session s \
     JOIN desk_member m ON m.id = s.member JOIN desk_membership ms ON ms.member = m.id \
     JOIN desk_organisation o ON o.id = ms.organisation \
     WHERE s.token_hash = $1 AND s.waits_for_code = 0 AND m.disabled = 0 AND s.ends_at > $2 AND s.seen_at > $3 ORDER BY o.slug LIMIT 1";
const BY_EMAIL: &str = "SELECT m.id, m.email, o.id, o.name, ms.role, '', m.trial, \
     (SELECT COUNT(*) FROM desk_second_factor f WHERE f.member = m.id AND f.state = 'standing') \
     FROM desk_member m JOIN desk_membership ms ON ms.member = m.id JOIN desk_organisation o ON o.id = ms.organisation \
     WHERE m.email = $1 AND m.disabled = 0 ORDER BY o.slug LIMIT 1";
const WAITING: &str = "SELECT m.id FROM desk_session s JOIN desk_member m ON m.id = s.member \
     WHERE s.token_hash = $1 AND s.waits_for_code = 1 AND m.disabled = 0 AND s.ends_at > $2";
const TOUCH: &str = "UPDATE desk_session SET seen_at = $2 WHERE token_hash = $1";
const WHOSE: &str = "SELECT member FROM desk_session WHERE token_hash = $1 AND waits_for_code = 0";
const END: &str = "DELETE FROM desk_session WHERE token_hash = $1";
const CLEAR: &str = "DELETE FROM desk_session WHERE ends_at <= $1 OR seen_at <= $2";

const LIST: &str = "SELECT token_hash, created_at, seen_at FROM desk_session \
     WHERE member = $1 AND waits_for_code = 0 AND ends_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, token_hash LIMIT 200";
const END_OWN: &str = "DELETE FROM desk_session WHERE token_hash = $1 AND member = $2";
const END_OTHERS: &str = "DELETE FROM desk_session WHERE member = $1 AND token_hash <> $2";
const END_ALL: &str = "DELETE FROM desk_session WHERE member = $1";
const END_EVERY: &str = "DELETE FROM desk_session";

pub(super) const QUERIES: &[&str] =
    &[ADD, GET, BY_EMAIL, WAITING, TOUCH, WHOSE, END, CLEAR, LIST, END_OWN, END_OTHERS, END_ALL, END_EVERY];

/// A session, as its member sees it. Nothing is kept of the device or the address it is used from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// The hash of its token: names it, and does not open it.
    pub hash: String,
    /// When it began.
    pub created_at: String,
    /// When it was last used, to the minute or so.
    pub seen_at: String,
    /// It is the one that asks.
    pub is_this: bool,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug)]
pub struct SessionTimes {
    /// Without a request.
    pub idle: std::time::Duration,
    /// In all.
    pub absolute: std::time::Duration,
}

/// How long somebody who proved their password has for the code.
const CODE_WAITS: std::time::Duration = std::time::Duration::from_secs(600);

impl Default for SessionTimes {
    fn default() -> Self {
        let hours = |n: u64| std::time::Duration::from_secs(n * 3600);
        Self { idle: hours(2), absolute: hours(12) }
    }
}

impl Store {
    /// Begins a session for a member who proved who they are; the token goes into their cookie.
    pub async fn begin_session(
        &self,
        member: &str,
        times: SessionTimes,
        at: jiff::Timestamp,
    ) -> Result<String> {
        let mut tx = self.write().await?;
        sqlx::query(CLEAR).bind(stamp(at)).bind(stamp(at - times.idle)).execute(&mut *tx).await?;
        let token = add(&mut tx, member, false, at, times.absolute).await?;
        audit::append(&mut tx, at, Entry { act: "signed in", actor: member, subject: member, reason: "" })
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Begins what a member gets who proved their password and still owes a code; the token opens nothing else.
    pub async fn begin_waiting_for_code(&self, member: &str, at: jiff::Timestamp) -> Result<String> {
        let mut tx = self.write().await?;
        let token = add(&mut tx, member, true, at, CODE_WAITS).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The id of the member who proved their password and still owes a code.
    pub async fn waiting_for_code(&self, token: &str, at: jiff::Timestamp) -> Result<Option<String>> {
        let row = sqlx::query(WAITING)
            .bind(token_hash(token))
            .bind(stamp(at))
            .fetch_optional(self.desk_pool())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The member whose session this is, if it lasts; rights are read anew at every request.
    pub async fn session(
        &self,
        token: &str,
        times: SessionTimes,
        at: jiff::Timestamp,
    ) -> Result<Option<Member>> {
        let hash = token_hash(token);
        let row = sqlx::query(GET)
            .bind(hash.clone())
            .bind(stamp(at))
            .bind(stamp(at - times.idle))
            .fetch_optional(self.desk_pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        // Touched at most once a minute: reading a page must not cost a write each time. A store that only reads lets a
        // session end by its idle time.
        if !self.only_reads() && row.try_get::<String, _>(5)? < stamp(at - std::time::Duration::from_secs(60))
        {
            let mut tx = self.write().await?;
            sqlx::query(TOUCH).bind(hash).bind(stamp(at)).execute(&mut *tx).await?;
            tx.commit().await?;
        }
        Ok(Some(member(&row)?))
    }

    /// The member with this address, unless they are kept out: for whom the operator acts on the command line.
    pub async fn member_by_email(&self, email: &str) -> Result<Option<Member>> {
        let email = text(&email.trim().to_lowercase());
        let row = sqlx::query(BY_EMAIL).bind(email).fetch_optional(self.desk_pool()).await?;
        row.as_ref().map(member).transpose()
    }

    /// The sessions of a member that still last, the last used first; `token` is of the one that asks.
    pub async fn sessions(
        &self,
        member: &Member,
        token: &str,
        times: SessionTimes,
        at: jiff::Timestamp,
    ) -> Result<Vec<SessionLine>> {
        let rows = sqlx::query(LIST)
            .bind(member.id.clone())
            .bind(stamp(at))
            .bind(stamp(at - times.idle))
            .fetch_all(self.desk_pool())
            .await?;
        let this = token_hash(token);
        rows.iter()
            .map(|row| {
                let hash: String = row.try_get(0)?;
                let is_this = hash == this;
                Ok(SessionLine { hash, created_at: row.try_get(1)?, seen_at: row.try_get(2)?, is_this })
            })
            .collect()
    }

    /// Ends one of the member's own sessions.
    pub async fn end_own_session(&self, member: &Member, hash: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let ended = sqlx::query(END_OWN).bind(text(hash)).bind(member.id.clone()).execute(&mut *tx).await?;
        if ended.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
        let entry = Entry { act: "session ended", actor: &member.id, subject: &member.id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Ends the member's other sessions; `token` is of the one that stays.
    pub async fn end_other_sessions(&self, member: &Member, token: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        end_others_of(&mut tx, &member.id, token).await?;
        let entry = Entry { act: "other sessions ended", actor: &member.id, subject: &member.id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Ends a session, which is logged. One that ran out and was cleared away meanwhile is nobody's.
    pub async fn end_session(&self, token: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let whose = sqlx::query(WHOSE).bind(token_hash(token)).fetch_optional(&mut *tx).await?;
        sqlx::query(END).bind(token_hash(token)).execute(&mut *tx).await?;
        if let Some(row) = whose {
            let member: String = row.try_get(0)?;
            let entry = Entry { act: "signed out", actor: &member, subject: &member, reason: "" };
            audit::append(&mut tx, at, entry).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn member(row: &sqlx::any::AnyRow) -> Result<Member> {
    Ok(Member {
        id: row.try_get(0)?,
        email: row.try_get(1)?,
        organisation: row.try_get(2)?,
        organisation_name: row.try_get(3)?,
        role: slug(row, 4)?,
        is_trial: row.try_get::<i64, _>(6)? != 0,
        has_second_factor: row.try_get::<i64, _>(7)? != 0,
    })
}

/// Adds a session; its token.
async fn add(
    tx: &mut Transaction<'_, Any>,
    member: &str,
    waits_for_code: bool,
    at: jiff::Timestamp,
    lasts: std::time::Duration,
) -> Result<String> {
    let token = new_token()?;
    sqlx::query(ADD)
        .bind(token_hash(&token))
        .bind(member.to_owned())
        .bind(stamp(at))
        .bind(stamp(at + lasts))
        .bind(i64::from(waits_for_code))
        .execute(&mut **tx)
        .await?;
    Ok(token)
}

/// A token of 256 random bits.
pub(super) fn new_token() -> Result<String> {
    Ok(audit::hex(&audit::random::<32>()?))
}

/// Ends all sessions of a member; how many.
pub(super) async fn end_all_of(tx: &mut Transaction<'_, Any>, member: &str) -> Result<u64> {
    Ok(sqlx::query(END_ALL).bind(member.to_owned()).execute(&mut **tx).await?.rows_affected())
}

/// Ends the sessions of a member but the one with this token; how many.
pub(super) async fn end_others_of(tx: &mut Transaction<'_, Any>, member: &str, token: &str) -> Result<u64> {
    let ended =
        sqlx::query(END_OTHERS).bind(member.to_owned()).bind(token_hash(token)).execute(&mut **tx).await?;
    Ok(ended.rows_affected())
}

/// Ends every session there is; how many.
pub(super) async fn end_every(tx: &mut Transaction<'_, Any>) -> Result<u64> {
    Ok(sqlx::query(END_EVERY).execute(&mut **tx).await?.rows_affected())
}

pub(super) fn token_hash(token: &str) -> String {
    audit::hex(&Sha256::digest(token.as_bytes()))
}
