//! Another key in place of the one that seals, while others work; cut off at any moment, running it again goes on.
//!
//! 1. The key file gets the new key beside the old.
//! 2. The database names the new one: from here on nothing is sealed with another.
//! 3. Each value is sealed anew, by itself.
//! 4. The old keys leave the file, when nothing needs them any more.
//! 5. The database notes that it is done.

use std::collections::BTreeMap;

use sqlx::{Any, Row, Transaction};

use super::key::OneKey;
use super::{KeyFile, SealingKey};
use crate::desk::audit::{self, Entry};
use crate::error::Result;
use crate::{Store, StoreError};

/// Names the key where none is named, and holds the name until the transaction ends.
const TAKE: &str = "UPDATE desk_sealing_key SET key_id = CASE WHEN key_id = '' THEN $1 ELSE key_id END \
     WHERE one = 1 RETURNING key_id, previous";
const NAMED: &str = "SELECT key_id FROM desk_sealing_key WHERE one = 1";
const BEGIN: &str = "UPDATE desk_sealing_key SET previous = key_id, key_id = $1 WHERE one = 1";
const END: &str = "UPDATE desk_sealing_key SET previous = '' WHERE one = 1";

/// A table with sealed values.
struct Sealed {
    table: &'static str,
    /// The next row that another key sealed, after the one before.
    next: &'static str,
    /// Holds the row, for somebody may be writing another value in its place, and reads it.
    hold: &'static str,
    set: &'static str,
    count: &'static str,
}

/// By table, the expression that names a row, key, and sealed bytes. What was removed keeps its row, and seals nothing.
macro_rules! sealed {
    ($table:literal, $row:literal, $bytes:literal) => {
        Sealed {
            table: $table,
            next: concat!(
                "SELECT ",
                $row,
                " FROM ",
                $table,
                " WHERE key_id <> $1 AND LENGTH(",
                $bytes,
                ") > 0 AND ",
                $row,
                " > $2 ORDER BY 1 LIMIT 1"
            ),
            hold: concat!(
                "UPDATE ",
                $table,
                " SET key_id = key_id WHERE ",
                $row,
                " = $1 AND key_id <> $2 RETURNING key_id, ",
                $bytes
            ),
            set: concat!("UPDATE ", $table, " SET key_id = $2, ", $bytes, " = $3 WHERE ", $row, " = $1"),
            count: concat!(
                "SELECT key_id, COUNT(*) FROM ",
                $table,
                " WHERE LENGTH(",
                $bytes,
                ") > 0 GROUP BY key_id"
            ),
        }
    };
}

/// Every table with sealed values; a test compares them with the schema.
const SEALED: [Sealed; 5] = [
    sealed!("desk_sealed_note", "case_id", "ciphertext"),
    sealed!("desk_second_factor", "member || ' ' || state", "ciphertext"),
    sealed!("desk_evidence", "id", "sealed_key"),
    sealed!("desk_blur", "id", "ciphertext"),
    sealed!("desk_reply_sealed", "reply || '/' || part", "ciphertext"),
];

/// Every query of exchanging keys.
pub(super) fn queries() -> Vec<&'static str> {
    let of_tables = SEALED.iter().flat_map(|sealed| [sealed.next, sealed.hold, sealed.set, sealed.count]);
    [TAKE, NAMED, BEGIN, END].into_iter().chain(of_tables).collect()
}

/// How keys are exchanged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rotate {
    /// The old keys stay in the file, for backups made until now.
    pub keep_old: bool,
    /// A key is lost: what it sealed stays shut for good, and everything else goes on.
    pub lost: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The name of the key that seals now.
    pub key: String,
    /// Values that were sealed anew this time.
    pub sealed: u64,
    /// Rows whose value no key opens, each with its table. Unless the key is given up as lost, nothing is ended then.
    pub unopened: Vec<String>,
}

impl Store {
    /// Begins a write that seals; with the key to seal with.
    pub(in crate::desk) async fn write_sealing(
        &self,
        key: &SealingKey,
    ) -> Result<(Transaction<'static, Any>, OneKey)> {
        let mut tx = self.write().await?;
        let (named, _) = take(&mut tx, &key.newest()).await?;
        Ok((tx, key.find(&named)?))
    }

    /// The name of the key that seals; empty where nothing was sealed yet.
    pub async fn sealing_key_name(&self) -> Result<String> {
        Ok(sqlx::query(NAMED).fetch_one(self.desk_pool()).await?.try_get(0)?)
    }

    /// How many values each key has sealed, by its name.
    pub async fn sealed_with(&self) -> Result<BTreeMap<String, u64>> {
        let (mut tx, mut keys) = (self.read_snapshot().await?, BTreeMap::new());
        for sealed in SEALED {
            for row in sqlx::query(sealed.count).fetch_all(&mut *tx).await? {
                let values = u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or_default();
                *keys.entry(row.try_get(0)?).or_default() += values;
            }
        }
        Ok(keys)
    }

    /// Exchanges the key, or goes on where that was cut off.
    pub async fn rotate_sealing_key(
        &self,
        file: &KeyFile,
        how: Rotate,
        at: jiff::Timestamp,
    ) -> Result<Rotated> {
        if how.lost {
            file.make()?;
        }
        let _alone = file.lock()?;
        let mut keys = file.read()?;
        let (named, previous) = self.name_key(keys[0].id()).await?;
        known(&keys, &named, how)?;
        let is_under_way = !previous.is_empty() || named != keys[0].id();
        if !is_under_way {
            keys.insert(0, OneKey::random()?);
            file.write(&keys)?;
        }
        self.begin(&keys, how, at).await?;
        let (sealed, unopened) = self.seal_anew(&keys).await?;
        let done = Rotated { key: keys[0].id().to_owned(), sealed, unopened };
        let is_needed = self.sealed_with().await?.keys().any(|id| *id != done.key);
        if is_needed && !how.lost {
            return Ok(done);
        }
        if !how.keep_old {
            file.write(&keys[..1])?;
        }
        self.end(&done, at).await?;
        Ok(done)
    }

    /// The name of the key that seals, named now if none was, and of the one before while it is being exchanged.
    async fn name_key(&self, newest: &str) -> Result<(String, String)> {
        let mut tx = self.write().await?;
        let names = take(&mut tx, newest).await?;
        tx.commit().await?;
        Ok(names)
    }

    async fn begin(&self, keys: &[OneKey], how: Rotate, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let (named, _) = take(&mut tx, keys[0].id()).await?;
        if named != keys[0].id() {
            // Somebody else may have been quicker, with another file.
            known(keys, &named, how)?;
            sqlx::query(BEGIN).bind(keys[0].id().to_owned()).execute(&mut *tx).await?;
            let reason = if how.lost { "a key is lost" } else { "" };
            log(&mut tx, "sealing key exchange begun", keys[0].id(), reason, at).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Seals anew with the first key what others sealed: how many, and which rows none of them opens.
    async fn seal_anew(&self, keys: &[OneKey]) -> Result<(u64, Vec<String>)> {
        let (mut done, mut unopened, key) = (0, Vec::new(), &keys[0]);
        for sealed in SEALED {
            let mut last = String::new();
            loop {
                let next = sqlx::query(sealed.next).bind(key.id().to_owned()).bind(last);
                let Some(row) = next.fetch_optional(self.desk_pool()).await? else { break };
                last = row.try_get(0)?;
                let mut tx = self.write().await?;
                let held = sqlx::query(sealed.hold).bind(last.clone()).bind(key.id().to_owned());
                // It may be gone, or sealed anew by now.
                let Some(row) = held.fetch_optional(&mut *tx).await? else { continue };
                let (by, bytes): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
                let by = keys.iter().find(|key| key.id() == by);
                // Of a second factor the additional data names the member alone.
                let name = last.split(' ').next().unwrap_or_default();
                let Some(Ok(secret)) = by.map(|by| by.open(sealed.table, name, &bytes)) else {
                    unopened.push(format!("{} {last}", sealed.table));
                    continue;
                };
                sqlx::query(sealed.set)
                    .bind(last.clone())
                    .bind(key.id().to_owned())
                    .bind(key.seal(sealed.table, name, &secret)?)
                    .execute(&mut *tx)
                    .await?;
                tx.commit().await?;
                done += 1;
            }
        }
        Ok((done, unopened))
    }

    async fn end(&self, done: &Rotated, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query(END).execute(&mut *tx).await?;
        let reason = match done.unopened.len() {
            0 => String::new(),
            lost => format!("{lost} values stay shut: their key is lost"),
        };
        log(&mut tx, "sealing key exchanged", &done.key, &reason, at).await?;
        Ok(tx.commit().await?)
    }
}

async fn take(tx: &mut Transaction<'_, Any>, newest: &str) -> Result<(String, String)> {
    let row = sqlx::query(TAKE).bind(newest.to_owned()).fetch_one(&mut **tx).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// Refuses keys among which the one that the database names is not.
fn known(keys: &[OneKey], named: &str, how: Rotate) -> Result<()> {
    let is_known = how.lost || keys.iter().any(|key| key.id() == named);
    if is_known { Ok(()) } else { Err(StoreError::UnknownKey(named.to_owned())) }
}

async fn log(
    tx: &mut Transaction<'_, Any>,
    act: &'static str,
    key: &str,
    reason: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    audit::append(tx, at, Entry { act, actor: "command line", subject: key, reason }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_table_with_a_key_is_sealed_anew() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_folder(folder.path()).await.unwrap();
        let sql = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.name = 'key_id' AND m.name <> 'desk_sealing_key' ORDER BY 1";
        let rows = sqlx::query(sql).fetch_all(store.desk_pool()).await.unwrap();
        let there: Vec<String> = rows.iter().map(|row| row.try_get(0).unwrap()).collect();
        let mut known: Vec<&str> = SEALED.iter().map(|sealed| sealed.table).collect();
        known.sort_unstable();
        assert_eq!(there, known);
        store.close().await;
    }
}
