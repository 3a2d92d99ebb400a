//! Sealed notes: identity of sources, witnesses, victims; contacts; safety. They never leave the organisation.
//!
//! XChaCha20-Poly1305 with a key kept in a file outside the database. The additional data names table, row,
//! column and key, so that a ciphertext put elsewhere does not open. [`Store::reveal_sealed_note`] is the one
//! function that reads one, and it is logged. The same key seals second factors, the keys of evidence files and what
//! was blurred; [`Store::rotate_sealing_key`] exchanges it.

mod file;
mod key;
mod rotate;

use domain::rights::Action;
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::any::AnyRow;

pub use file::KeyFile;
pub use key::SealingKey;
pub use rotate::{Rotate, Rotated};

use super::Member;
use super::audit::{self, Entry, hex};
use super::cases::{allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, stamp};

const SET: &str = "INSERT INTO desk_sealed_note (case_id, key_id, ciphertext, changed_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (case_id) DO UPDATE SET key_id = excluded.key_id, ciphertext = excluded.ciphertext, \
     changed_at = excluded.changed_at";
const GET: &str = "SELECT key_id, ciphertext FROM desk_sealed_note WHERE case_id = $1";

/// Every query of sealed notes, and of the keys of everything that is sealed.
pub(super) fn queries() -> Vec<&'static str> {
    [&[SET, GET][..], &rotate::queries()].concat()
}

const TABLE: &str = "desk_sealed_note";

/// What stands for a note that was shown, without showing it again.
pub fn note_hash(note: &str) -> String {
    hex(&Sha256::digest(note.as_bytes()))
}

fn open_note(key: &SealingKey, case: &str, row: &AnyRow) -> Result<String> {
    let (key_id, bytes): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    String::from_utf8(key.open(TABLE, case, &key_id, &bytes)?).map_err(|_| StoreError::Sealed)
}

impl Store {
    /// Seals `text` as the case's note, in place of the one before. `seen` is the [`note_hash`] of the note that
    /// the member was shown: a note that changed since is not overwritten.
    pub async fn seal_note(
        &self,
        member: &Member,
        id: &str,
        text: &str,
        seen: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let (mut tx, sealer) = self.write_sealing(key).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::SealedNotes, facts)?;
        let standing = match sqlx::query(GET).bind(id.to_owned()).fetch_optional(&mut *tx).await? {
            Some(row) => open_note(key, id, &row)?,
            None => String::new(),
        };
        if note_hash(&standing) != seen {
            return Err(StoreError::ChangedSinceVerified);
        }
        sqlx::query(SET)
            .bind(id.to_owned())
            .bind(sealer.id().to_owned())
            .bind(sealer.seal(TABLE, id, text.as_bytes())?)
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let entry = Entry { act: "sealed note written", actor: &member.id, subject: id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// Reveals the case's sealed note, and logs that.
    pub async fn reveal_sealed_note(
        &self,
        member: &Member,
        id: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<Option<String>> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::SealedNotes, facts)?;
        let Some(row) = sqlx::query(GET).bind(id.to_owned()).fetch_optional(&mut *tx).await? else {
            return Ok(None);
        };
        let text = open_note(key, id, &row)?;
        let entry = Entry { act: "sealed note revealed", actor: &member.id, subject: id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(Some(text))
    }
}
