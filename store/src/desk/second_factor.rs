//! The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for who lost it.
//!
//! The app's secret is sealed with the key of sealed notes, so that a copy of the database makes no codes. Each code
//! works once: the time step it belongs to is kept, and only a later one counts.

use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};
use totp_rs::{Builder, Secret, Totp};

use super::audit::{self, Entry, hex};
use super::people::by_email;
use super::sealed::SealingKey;
use super::sessions::end_all_of;
use super::{Member, audit::random};
use crate::error::Result;
use crate::{Store, StoreError, text};

const GET: &str =
    "SELECT key_id, ciphertext, last_step FROM desk_second_factor WHERE member = $1 AND state = $2";
const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM desk_second_factor WHERE member = $1 AND state = 'standing'), \
     (SELECT COUNT(*) FROM desk_recovery_code WHERE member = $1)";
const ADD: &str = "INSERT INTO desk_second_factor (member, state, key_id, ciphertext, last_step) VALUES ($1, 'pending', $2, $3, 0)";
const USE_STEP: &str = "UPDATE desk_second_factor SET last_step = $2 \
     WHERE member = $1 AND state = 'standing' AND last_step < $2";
const STAND: &str = "UPDATE desk_second_factor SET state = 'standing', last_step = $2 \
     WHERE member = $1 AND state = 'pending'";
const DROP: &str = "DELETE FROM desk_second_factor WHERE member = $1 AND state = $2";
const ADD_CODE: &str = "INSERT INTO desk_recovery_code (member, code_hash) VALUES ($1, $2)";
const USE_CODE: &str = "DELETE FROM desk_recovery_code WHERE member = $1 AND code_hash = $2";
const DROP_CODES: &str = "DELETE FROM desk_recovery_code WHERE member = $1";

pub(super) const QUERIES: &[&str] =
    &[GET, COUNTS, ADD, USE_STEP, STAND, DROP, ADD_CODE, USE_CODE, DROP_CODES];

const TABLE: &str = "desk_second_factor";
const STANDING: &str = "standing";
const PENDING: &str = "pending";

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// How a member stands to their second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// A code is asked for when they sign in.
    pub is_set_up: bool,
    /// Recovery codes not used yet.
    pub codes_left: i64,
}

/// What an authenticator app is told.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactorSetup {
    /// The address that the QR code holds: `otpauth://totp/…`.
    pub address: String,
    /// The secret in base 32, to be typed.
    pub secret: String,
}

impl std::fmt::Debug for SecondFactorSetup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactorSetup(…)")
    }
}

impl Store {
    /// How the member stands.
    pub async fn second_factor(&self, member: &str) -> Result<SecondFactor> {
        let row = sqlx::query(COUNTS).bind(member.to_owned()).fetch_one(self.desk_pool()).await?;
        Ok(SecondFactor { is_set_up: row.try_get::<i64, _>(0)? != 0, codes_left: row.try_get(1)? })
    }

    /// Makes a new secret to be confirmed, in place of an unconfirmed one. Whoever has a second factor proves it with
    /// `code` first; it stands until the new one is confirmed. `false`: the code did not fit.
    pub async fn begin_second_factor(
        &self,
        member: &Member,
        code: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<bool> {
        let (mut tx, sealer) = self.write_sealing(key).await?;
        if is_set_up(&mut tx, &member.id).await? && !prove(&mut tx, &member.id, code, key, at).await? {
            return Ok(false);
        }
        let secret: [u8; 20] = random()?;
        drop_factor(&mut tx, &member.id, PENDING).await?;
        sqlx::query(ADD)
            .bind(member.id.clone())
            .bind(sealer.id().to_owned())
            .bind(sealer.seal(TABLE, &member.id, &secret)?)
            .execute(&mut *tx)
            .await?;
        log(&mut tx, &member.id, "second factor begun", at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// What the app is told, as long as it is not confirmed.
    pub async fn second_factor_setup(
        &self,
        member: &Member,
        key: &SealingKey,
    ) -> Result<Option<SecondFactorSetup>> {
        let mut snapshot = self.read_snapshot().await?;
        let Some((totp, _)) = factor(&mut snapshot, &member.id, PENDING, key).await? else { return Ok(None) };
        let address = Builder::new()
            .with_secret(totp.secret().clone())
            .with_issuer(Some("Treatywatch"))
            // A colon parts issuer and account in these addresses.
            .with_account_name(member.email.replace(':', " "))
            .build()
            .and_then(|totp| totp.to_url())
            .map_err(|e| StoreError::Unreadable(e.to_string()))?;
        Ok(Some(SecondFactorSetup { address, secret: totp.secret().to_base32() }))
    }

    /// Confirms the new secret with a code of the app; the recovery codes, shown this once. `None`: the code did not
    /// fit, or nothing is to be confirmed.
    pub async fn confirm_second_factor(
        &self,
        member: &Member,
        code: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<Option<Vec<String>>> {
        let mut tx = self.write().await?;
        let Some((totp, _)) = factor(&mut tx, &member.id, PENDING, key).await? else { return Ok(None) };
        let Some(step) = step(&totp, code, at) else { return Ok(None) };
        drop_factor(&mut tx, &member.id, STANDING).await?;
        sqlx::query(STAND).bind(member.id.clone()).bind(step).execute(&mut *tx).await?;
        let codes = renew_codes(&mut tx, &member.id).await?;
        log(&mut tx, &member.id, "second factor set up", at).await?;
        tx.commit().await?;
        Ok(Some(codes))
    }

    /// Whether the code proves the second factor of a member who is signing in: of the app or a recovery code, each
    /// used up by it. Either is written into the log.
    pub async fn prove_second_factor(
        &self,
        member: &str,
        code: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let proved = prove(&mut tx, member, code, key, at).await?;
        if !proved {
            log(&mut tx, member, "code refused", at).await?;
        }
        tx.commit().await?;
        Ok(proved)
    }

    /// New recovery codes in place of the old, for who proves the second factor; `None`: the code did not fit.
    pub async fn renew_recovery_codes(
        &self,
        member: &Member,
        code: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<Option<Vec<String>>> {
        let mut tx = self.write().await?;
        if !prove(&mut tx, &member.id, code, key, at).await? {
            return Ok(None);
        }
        let codes = renew_codes(&mut tx, &member.id).await?;
        log(&mut tx, &member.id, "recovery codes made", at).await?;
        tx.commit().await?;
        Ok(Some(codes))
    }

    /// Signs in without a code from now on, for who proves the second factor and needs none. `false`: the code did
    /// not fit.
    pub async fn drop_second_factor(
        &self,
        member: &Member,
        code: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<bool> {
        if member.role.needs_second_factor() {
            return Err(StoreError::Forbidden);
        }
        let mut tx = self.write().await?;
        if !prove(&mut tx, &member.id, code, key, at).await? {
            return Ok(false);
        }
        drop_all(&mut tx, &member.id).await?;
        log(&mut tx, &member.id, "second factor dropped", at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes the second factor from a member who lost authenticator and recovery codes, and ends their sessions. Done
    /// by the operator alone: a manager who also makes links for new passwords could otherwise become a reviewer.
    pub async fn reset_second_factor(&self, email: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let them = by_email(&mut tx, email).await?.ok_or(StoreError::NotFound)?;
        drop_all(&mut tx, &them.id).await?;
        end_all_of(&mut tx, &them.id).await?;
        let entry =
            Entry { act: "second factor reset", actor: "command line", subject: &them.id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }
}

/// Writes into the log what a member did to their own second factor.
async fn log(
    tx: &mut Transaction<'_, Any>,
    member: &str,
    act: &'static str,
    at: jiff::Timestamp,
) -> Result<()> {
    audit::append(tx, at, Entry { act, actor: member, subject: member, reason: "" }).await
}

/// Whether the code fits; what fits is used up.
async fn prove(
    tx: &mut Transaction<'_, Any>,
    member: &str,
    code: &str,
    key: &SealingKey,
    at: jiff::Timestamp,
) -> Result<bool> {
    let used = match factor(tx, member, STANDING, key).await? {
        None => return Ok(false),
        Some((totp, last_step)) => match step(&totp, code, at).filter(|step| *step > last_step) {
            Some(step) => sqlx::query(USE_STEP).bind(member.to_owned()).bind(step).execute(&mut **tx).await?,
            None => {
                let hash = code_hash(&letters(code));
                sqlx::query(USE_CODE).bind(member.to_owned()).bind(hash).execute(&mut **tx).await?
            }
        },
    };
    Ok(used.rows_affected() == 1)
}

/// The secret in that state, and the last step used.
async fn factor(
    tx: &mut Transaction<'_, Any>,
    member: &str,
    state: &'static str,
    key: &SealingKey,
) -> Result<Option<(Totp, i64)>> {
    let row = sqlx::query(GET).bind(member.to_owned()).bind(state).fetch_optional(&mut **tx).await?;
    let Some(row) = row else { return Ok(None) };
    let (key_id, sealed): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    let secret = Secret::from(key.open(TABLE, member, &key_id, &sealed)?);
    let totp =
        Builder::new().with_secret(secret).build().map_err(|e| StoreError::Unreadable(e.to_string()))?;
    Ok(Some((totp, row.try_get(2)?)))
}

/// The time step whose code this is: now's, the one before or the one after.
fn step(totp: &Totp, code: &str, at: jiff::Timestamp) -> Option<i64> {
    let matched = totp.check(&letters(code), u64::try_from(at.as_second()).ok()?)?;
    i64::try_from(matched).ok()
}

/// As it is compared: apps and papers group digits and letters, and people type capitals.
fn letters(code: &str) -> String {
    text(code).chars().filter(|c| c.is_ascii_alphanumeric()).take(40).collect::<String>().to_lowercase()
}

async fn is_set_up(tx: &mut Transaction<'_, Any>, member: &str) -> Result<bool> {
    let row = sqlx::query(COUNTS).bind(member.to_owned()).fetch_one(&mut **tx).await?;
    Ok(row.try_get::<i64, _>(0)? != 0)
}

async fn drop_factor(tx: &mut Transaction<'_, Any>, member: &str, state: &'static str) -> Result<()> {
    sqlx::query(DROP).bind(member.to_owned()).bind(state).execute(&mut **tx).await?;
    Ok(())
}

async fn drop_all(tx: &mut Transaction<'_, Any>, member: &str) -> Result<()> {
    drop_factor(tx, member, STANDING).await?;
    drop_factor(tx, member, PENDING).await?;
    sqlx::query(DROP_CODES).bind(member.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

async fn renew_codes(tx: &mut Transaction<'_, Any>, member: &str) -> Result<Vec<String>> {
    sqlx::query(DROP_CODES).bind(member.to_owned()).execute(&mut **tx).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = new_code()?;
        let hash = code_hash(&letters(&code));
        sqlx::query(ADD_CODE).bind(member.to_owned()).bind(hash).execute(&mut **tx).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// 120 random bits in letters and digits that do not look alike, in groups of four.
fn new_code() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let bytes: [u8; 24] = random()?;
    let code: Vec<char> = bytes.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect();
    Ok(code.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

fn code_hash(code: &str) -> String {
    hex(&Sha256::digest(code.as_bytes()))
}
