//! The audit log: every change, chained by SHA-256.
//!
//! An entry's hash covers the one before it, so none can be altered, dropped or put elsewhere without breaking
//! the chain. What is private enters as a commitment (SHA-256 over a random salt and the detail): erasing salt
//! and detail later leaves the chain whole.
//!
//! What the chain alone cannot show is that its end was cut off or that it was written anew from some entry on. For
//! that somebody outside holds a [`Checkpoint`]: a signed note of how long the log was and which entry came last.
//! It is a chain, not a Merkle tree: checking a checkpoint takes the whole log.

mod checkpoint;
mod note;
mod verify;

use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

pub use note::{Checkpoint, CheckpointError, LogKey, Verifier};
pub use verify::Broken;

use crate::StoreError;
use crate::error::Result;

const NEXT: &str = "UPDATE desk_audit_head SET number = number + 1 WHERE one = 1 RETURNING number, hash";
const APPEND: &str = "INSERT INTO desk_audit (number, at, act, commitment, previous, hash, salt, detail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const SET_HEAD: &str = "UPDATE desk_audit_head SET hash = $1 WHERE one = 1";
const HEAD: &str = "SELECT number, hash FROM desk_audit_head WHERE one = 1";

/// Every query of the log.
pub(super) fn queries() -> Vec<&'static str> {
    [&[NEXT, APPEND, SET_HEAD, HEAD], verify::QUERIES, checkpoint::QUERIES].concat()
}

/// What is written beside a change, in its own transaction.
pub(crate) struct Entry<'a> {
    /// What was done ("publish", "reveal sealed note").
    pub(crate) act: &'static str,
    /// Who did it: a member's id, or "command line".
    pub(crate) actor: &'a str,
    /// What it was done to.
    pub(crate) subject: &'a str,
    /// The reason given, or what else explains it.
    pub(crate) reason: &'a str,
}

#[derive(Serialize)]
struct Detail<'a> {
    actor: &'a str,
    subject: &'a str,
    reason: &'a str,
}

/// Appends an entry. The head's row is locked by the first statement, so entries stand in commit order.
pub(crate) async fn append(
    tx: &mut Transaction<'_, Any>,
    at: jiff::Timestamp,
    entry: Entry<'_>,
) -> Result<()> {
    let row = sqlx::query(NEXT).fetch_one(&mut **tx).await?;
    let number: i64 = row.try_get(0)?;
    let previous: String = row.try_get(1)?;
    let at = crate::stamp(at);
    let detail = Detail { actor: entry.actor, subject: entry.subject, reason: entry.reason };
    let detail = serde_json::to_string(&detail)?;
    let salt = hex(&random::<16>()?);
    let commitment = sha256(&[&salt, &detail]);
    let hash = link(number, &at, entry.act, &commitment, &previous);
    sqlx::query(APPEND)
        .bind(number)
        .bind(at)
        .bind(entry.act)
        .bind(commitment)
        .bind(previous)
        .bind(hash.clone())
        .bind(salt)
        .bind(detail)
        .execute(&mut **tx)
        .await?;
    sqlx::query(SET_HEAD).bind(hash).execute(&mut **tx).await?;
    Ok(())
}

fn link(number: i64, at: &str, act: &str, commitment: &str, previous: &str) -> String {
    sha256(&[&number.to_string(), at, act, commitment, previous])
}

/// SHA-256 over the parts, each ended by a zero byte so that none can run into the next.
fn sha256(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::Unreadable(format!("no random numbers: {e}")))?;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
