//! Blur: what was made less exact in a case, and the texts that still say it.
//!
//! Without what was hidden nobody can tell whether a text typed later says it, so it is kept, but sealed with the key of
//! the sealed notes: the draft, its versions and the database hold only what is shown. Comparing needs the key, so it is
//! done by [`Store::check_blurs`] before a step; the steps themselves (in their own transaction) ask only whether the texts
//! of this very revision were compared and everything found is answered for.

use domain::blur::{Blurred, How};
use domain::form::{self, Form};
use domain::incident::{Draft, check_reason};
use domain::rights::Action;
use domain::stored::content_hash;
use domain::{FieldError, Problem};
use sqlx::{Any, Row, Transaction};

use super::audit::{self, Entry};
use super::cases::{Case, allow, locked};
use super::{Member, Saved, SealingKey};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

const ADD: &str = "INSERT INTO desk_blur (id, case_id, field, key_id, ciphertext, made_by, made_at, checked_revision) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
const OF_CASE: &str =
    "SELECT id, field, key_id, ciphertext, made_at FROM desk_blur WHERE case_id = $1 ORDER BY made_at, id";
const FORGET: &str = "DELETE FROM desk_blur WHERE id = $1 AND case_id = $2";
const CHECKED: &str = "UPDATE desk_blur SET checked_revision = $2 WHERE id = $1";
const MENTIONS: &str = "SELECT m.blur, m.field, m.text_hash, m.reason FROM desk_blur_mention m \
     JOIN desk_blur b ON b.id = m.blur WHERE b.case_id = $1 ORDER BY m.blur, m.field";
const MENTION: &str = "INSERT INTO desk_blur_mention (blur, field, text_hash) VALUES ($1, $2, $3) \
     ON CONFLICT (blur, field) DO UPDATE SET text_hash = excluded.text_hash, reason = NULL, member = NULL";
const MENTION_GONE: &str = "DELETE FROM desk_blur_mention WHERE blur = $1 AND field = $2";
const MAY_STAY: &str = "UPDATE desk_blur_mention SET reason = $3, member = $4 WHERE blur = $1 AND field = $2";
const OPEN: &str = "SELECT m.field FROM desk_blur_mention m JOIN desk_blur b ON b.id = m.blur \
     WHERE b.case_id = $1 AND m.reason IS NULL ORDER BY m.field";
const STALE: &str = "SELECT COUNT(*) FROM desk_blur WHERE case_id = $1 AND checked_revision <> $2";
const VERSIONS: &str = "SELECT number, draft FROM desk_case_version WHERE case_id = $1";
const TO_COMPARE: &str = "UPDATE desk_blur SET checked_revision = 0 WHERE case_id = $1";
const REWRITE_VERSION: &str = "UPDATE desk_case_version SET draft = $3 WHERE case_id = $1 AND number = $2";

pub(super) const QUERIES: &[&str] = &[
    ADD,
    OF_CASE,
    FORGET,
    CHECKED,
    MENTIONS,
    MENTION,
    MENTION_GONE,
    MAY_STAY,
    OPEN,
    STALE,
    VERSIONS,
    TO_COMPARE,
    REWRITE_VERSION,
];

/// What was blurred, without what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blur {
    /// Its id.
    pub id: String,
    /// The field.
    pub field: String,
    /// When.
    pub made_at: String,
    /// The texts that still say it.
    pub mentions: Vec<Mention>,
}

/// A text that still says what was blurred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The field.
    pub field: String,
    /// Why it may stay, once somebody said so.
    pub reason: Option<String>,
}

impl Blur {
    /// The texts that nobody has answered for.
    pub fn open(&self) -> Vec<FieldError> {
        let open = self.mentions.iter().filter(|mention| mention.reason.is_none());
        open.map(|mention| FieldError::new(&mention.field, Problem::StillSaysIt)).collect()
    }
}

/// One that was found before.
struct Known {
    blur: String,
    field: String,
    text_hash: String,
    reason: Option<String>,
}

impl Store {
    /// Makes `field` less exact. What it was is sealed, and taken out of the case's earlier versions too.
    pub async fn blur(
        &self,
        member: &Member,
        id: &str,
        field: &str,
        how: &How,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let (mut tx, sealer) = self.write_sealing(key).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Edit, facts)?;
        case.working_state.ok_or(StoreError::WrongState)?;
        let refused = |problem| StoreError::Refused(vec![FieldError::new(field, problem)]);
        let original = form::flatten(&case.draft).remove(field).unwrap_or_default();
        let blurred = Blurred::new(field, &original, how).map_err(refused)?;
        let fields = [(field.to_owned(), blurred.shown().to_owned())];
        let saved =
            super::change::save_in(&mut tx, member, id, case.revision, (Form::Case, &fields), true, at)
                .await?;
        if matches!(saved, Saved::Conflict { .. }) {
            // Locked since it was read: nobody else can have changed it.
            return Err(StoreError::WrongState);
        }
        scrub_versions(&mut tx, id, field, &blurred).await?;
        let blur = new_id();
        sqlx::query(ADD)
            .bind(blur.clone())
            .bind(id.to_owned())
            .bind(text(field))
            .bind(sealer.id().to_owned())
            .bind(sealer.seal(TABLE, &blur, &serde_json::to_vec(&blurred)?)?)
            .bind(member.id.clone())
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        audit::append(&mut tx, at, Entry { act: "blurred", actor: &member.id, subject: id, reason: field })
            .await?;
        let (case, _) = locked(&mut tx, member, id).await?;
        compare(&mut tx, &case, key).await?;
        Ok(tx.commit().await?)
    }

    /// Compares every text of the case as it stands with what was blurred in it; whether anything was. An answer holds
    /// as long as its text.
    pub async fn check_blurs(&self, member: &Member, id: &str, key: &SealingKey) -> Result<bool> {
        let any = sqlx::query(OF_CASE).bind(text(id)).fetch_optional(self.desk_pool()).await?;
        if any.is_none() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::See, facts)?;
        compare(&mut tx, &case, key).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// What was blurred in a case, and the texts that still say it.
    pub async fn blurs(&self, case: &Case) -> Result<Vec<Blur>> {
        let mut connection = self.desk_pool().acquire().await?;
        let known = sqlx::query(MENTIONS).bind(case.id.clone()).fetch_all(&mut *connection).await?;
        let known: Vec<Known> = known.iter().map(mention).collect::<Result<_>>()?;
        let rows = sqlx::query(OF_CASE).bind(case.id.clone()).fetch_all(&mut *connection).await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get(0)?;
                let of_this = known.iter().filter(|mention| mention.blur == id);
                let mentions =
                    of_this.map(|m| Mention { field: m.field.clone(), reason: m.reason.clone() }).collect();
                Ok(Blur { id, field: row.try_get(1)?, made_at: row.try_get(4)?, mentions })
            })
            .collect()
    }

    /// Answers for a text that still says it: why it may stay. The reason must not say it either.
    pub async fn may_stay(
        &self,
        member: &Member,
        id: &str,
        (blur, field): (&str, &str),
        reason: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let refused = |problem| StoreError::Refused(vec![FieldError::new("reason", problem)]);
        let reason = check_reason(reason).map_err(refused)?;
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Edit, facts)?;
        case.working_state.ok_or(StoreError::WrongState)?;
        let open = opened(&mut tx, id, key).await?;
        let (_, blurred) = open.iter().find(|(one, _)| one == blur).ok_or(StoreError::NotFound)?;
        if blurred.is_said_by(&reason) {
            return Err(refused(Problem::StillSaysIt));
        }
        let done = sqlx::query(MAY_STAY)
            .bind(text(blur))
            .bind(text(field))
            .bind(reason)
            .bind(member.id.clone())
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
        let entry = Entry { act: "blurred text may stay", actor: &member.id, subject: id, reason: field };
        audit::append(&mut tx, at, entry).await?;
        // Who answers for a text has had a hand in this version.
        super::change::mark(&mut tx, id, case.version, member).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets what was blurred. The field stays as it is shown.
    pub async fn forget_blur(
        &self,
        member: &Member,
        id: &str,
        blur: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Edit, facts)?;
        let gone = sqlx::query(FORGET).bind(text(blur)).bind(id.to_owned()).execute(&mut *tx).await?;
        if gone.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
        let entry = Entry { act: "blur forgotten", actor: &member.id, subject: id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }
}

/// The table that the additional data of a ciphertext names.
const TABLE: &str = "desk_blur";

/// Refuses a step while a text that still says what was blurred is not answered for, or was not compared.
pub(crate) async fn settled(tx: &mut Transaction<'_, Any>, case: &Case) -> Result<()> {
    let stale = sqlx::query(STALE).bind(case.id.clone()).bind(case.revision).fetch_one(&mut **tx).await?;
    if stale.try_get::<i64, _>(0)? > 0 {
        return Err(StoreError::ChangedSinceVerified);
    }
    let open = sqlx::query(OPEN).bind(case.id.clone()).fetch_all(&mut **tx).await?;
    let errors: Vec<FieldError> = open
        .iter()
        .map(|row| Ok(FieldError::new(row.try_get::<String, _>(0)?, Problem::StillSaysIt)))
        .collect::<Result<_>>()?;
    if errors.is_empty() { Ok(()) } else { Err(StoreError::Refused(errors)) }
}

async fn compare(tx: &mut Transaction<'_, Any>, case: &Case, key: &SealingKey) -> Result<()> {
    let known = sqlx::query(MENTIONS).bind(case.id.clone()).fetch_all(&mut **tx).await?;
    let known: Vec<Known> = known.iter().map(mention).collect::<Result<_>>()?;
    let mut others = super::evidence::told_of(tx, &case.id).await?;
    // A reason for a correction is published too.
    others.extend(case.correction.clone().map(|reason| ("correction".to_owned(), reason)));
    for (blur, blurred) in opened(tx, &case.id, key).await? {
        let mut said = blurred.said_in(&case.draft);
        said.extend(others.iter().filter(|(_, text)| blurred.is_said_by(text)).cloned());
        for gone in
            known.iter().filter(|m| m.blur == blur && !said.iter().any(|(field, _)| *field == m.field))
        {
            sqlx::query(MENTION_GONE).bind(blur.clone()).bind(gone.field.clone()).execute(&mut **tx).await?;
        }
        for (field, text) in said {
            let text_hash = content_hash(&text);
            let is_known =
                known.iter().any(|m| m.blur == blur && m.field == field && m.text_hash == text_hash);
            if !is_known {
                sqlx::query(MENTION)
                    .bind(blur.clone())
                    .bind(field)
                    .bind(text_hash)
                    .execute(&mut **tx)
                    .await?;
            }
        }
        sqlx::query(CHECKED).bind(blur).bind(case.revision).execute(&mut **tx).await?;
    }
    Ok(())
}

/// What readers are told has changed: a step waits until it was compared.
pub(super) async fn to_compare(tx: &mut Transaction<'_, Any>, case: &str) -> Result<()> {
    sqlx::query(TO_COMPARE).bind(case.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// What was blurred, opened: for comparing alone.
async fn opened(tx: &mut Transaction<'_, Any>, id: &str, key: &SealingKey) -> Result<Vec<(String, Blurred)>> {
    let rows = sqlx::query(OF_CASE).bind(id.to_owned()).fetch_all(&mut **tx).await?;
    rows.iter()
        .map(|row| {
            let (blur, key_id, bytes): (String, String, Vec<u8>) =
                (row.try_get(0)?, row.try_get(2)?, row.try_get(3)?);
            let json = key.open(TABLE, &blur, &key_id, &bytes)?;
            Ok((blur, serde_json::from_slice(&json)?))
        })
        .collect()
}

/// Earlier versions show in this field what the draft shows now, where they held what was blurred.
async fn scrub_versions(
    tx: &mut Transaction<'_, Any>,
    id: &str,
    field: &str,
    blurred: &Blurred,
) -> Result<()> {
    for row in sqlx::query(VERSIONS).bind(id.to_owned()).fetch_all(&mut **tx).await? {
        let draft: Draft = serde_json::from_str(&row.try_get::<String, _>(1)?)?;
        if !form::flatten(&draft).get(field).is_some_and(|held| blurred.is_original(held)) {
            continue;
        }
        let shown = [(field.to_owned(), blurred.shown().to_owned())];
        let draft = form::parse(Form::Case, &draft, &shown).map_err(StoreError::Refused)?;
        sqlx::query(REWRITE_VERSION)
            .bind(id.to_owned())
            .bind(row.try_get::<i64, _>(0)?)
            .bind(serde_json::to_string(&draft)?)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

fn mention(row: &sqlx::any::AnyRow) -> Result<Known> {
    Ok(Known {
        blur: row.try_get(0)?,
        field: row.try_get(1)?,
        text_hash: row.try_get(2)?,
        reason: row.try_get(3)?,
    })
}
