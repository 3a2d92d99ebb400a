//! Reading the log: checking it, by itself and against a checkpoint, and writing it out for others to check.

use std::io::Write;

use futures_util::TryStreamExt;
use serde::Serialize;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Checkpoint, HEAD, sha256};
use crate::error::Result;
use crate::{Store, StoreError};

const ALL: &str =
    "SELECT number, at, act, commitment, previous, hash, salt, detail FROM desk_audit ORDER BY number";

pub(super) const QUERIES: &[&str] = &[ALL];

/// How the log is broken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry's content does not give its hash.
    #[error("entry {0} was altered")]
    Altered(i64),
    /// An entry does not follow the one before it.
    #[error("entry {0} does not follow the one before it: an entry was dropped, moved or added")]
    OutOfOrder(i64),
    /// The detail does not give the commitment.
    #[error("the detail of entry {0} was altered")]
    Detail(i64),
    /// The log ends before its head.
    #[error("the log ends at entry {0}, its head says {1}")]
    Truncated(i64, i64),
    /// The log is shorter than it was.
    #[error("the log ends at entry {0}, the checkpoint was made at entry {1}: its end was cut off")]
    CutOff(i64, i64),
    /// The log is another one than the checkpoint is of.
    #[error("entry {0} is not the one of the checkpoint: the log was written anew up to there")]
    Forked(i64),
}

/// What of an entry is chained. Nothing private: the detail stands behind its commitment.
#[derive(Serialize)]
struct Link {
    number: i64,
    at: String,
    act: String,
    commitment: String,
    previous: String,
    hash: String,
}

impl Link {
    fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            number: row.try_get(0)?,
            at: row.try_get(1)?,
            act: row.try_get(2)?,
            commitment: row.try_get(3)?,
            previous: row.try_get(4)?,
            hash: row.try_get(5)?,
        })
    }

    /// It follows the entry before (its number and hash), and its content gives its hash.
    fn follows(&self, (number, hash): (i64, &str)) -> Result<(), Broken> {
        if self.number != number + 1 || self.previous != hash {
            return Err(Broken::OutOfOrder(self.number));
        }
        if super::link(self.number, &self.at, &self.act, &self.commitment, &self.previous) != self.hash {
            return Err(Broken::Altered(self.number));
        }
        Ok(())
    }
}

/// The detail, where it was not erased, gives the commitment.
fn keeps_its_detail(row: &AnyRow, commitment: &str) -> Result<bool> {
    let (salt, detail): (Option<String>, Option<String>) = (row.try_get(6)?, row.try_get(7)?);
    Ok(salt.zip(detail).is_none_or(|(salt, detail)| sha256(&[&salt, &detail]) == commitment))
}

impl Store {
    /// Reads the whole log and checks it; the number of entries, or how it is broken.
    pub async fn verify_audit(&self) -> Result<Result<i64, Broken>> {
        self.verify_audit_against(None).await
    }

    /// Checks the log, and that it continues the one that `checkpoint` is of.
    pub async fn verify_audit_against(&self, checkpoint: Option<&Checkpoint>) -> Result<Result<i64, Broken>> {
        // Head and entries as of one moment: entries are written meanwhile.
        let mut snapshot = self.read_snapshot().await?;
        let head = sqlx::query(HEAD).fetch_one(&mut *snapshot).await?;
        let (last, last_hash): (i64, String) = (head.try_get(0)?, head.try_get(1)?);
        let (mut number, mut hash) = (0, String::new());
        let mut forked = None;
        let mut rows = sqlx::query(ALL).fetch(&mut *snapshot);
        while let Some(row) = rows.try_next().await? {
            let link = Link::read(&row)?;
            if let Err(broken) = link.follows((number, &hash)) {
                return Ok(Err(broken));
            }
            if !keeps_its_detail(&row, &link.commitment)? {
                return Ok(Err(Broken::Detail(link.number)));
            }
            (number, hash) = (link.number, link.hash);
            if checkpoint.is_some_and(|c| c.entries == number && c.head != hash) {
                forked = Some(Broken::Forked(number));
            }
        }
        if number != last || hash != last_hash {
            return Ok(Err(Broken::Truncated(number, last)));
        }
        match checkpoint {
            Some(checkpoint) if checkpoint.entries > number => {
                Ok(Err(Broken::CutOff(number, checkpoint.entries)))
            }
            _ => Ok(forked.map_or(Ok(number), Err)),
        }
    }

    /// Writes the log out, a line of JSON for each entry, with nothing private in it; how many there are. Nothing is
    /// checked: that is for who reads it.
    pub async fn export_audit(&self, out: &mut (impl Write + Send)) -> Result<i64> {
        let mut snapshot = self.read_snapshot().await?;
        let mut rows = sqlx::query(ALL).fetch(&mut *snapshot);
        let mut written = 0;
        while let Some(row) = rows.try_next().await? {
            serde_json::to_writer(&mut *out, &Link::read(&row)?)?;
            out.write_all(b"\n").map_err(StoreError::File)?;
            written += 1;
        }
        Ok(written)
    }
}
