//! Sealed notes: identity of sources, witnesses, victims; contacts; safety. They never leave the organisation.
//!
//! XChaCha20-Poly1305 with a key kept in a file outside the database. The additional data names table, row,
//! column and key, so that a ciphertext put elsewhere does not open. [`Store::reveal_sealed_note`] is the one
//! function that reads one, and it is logged.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::rights::Action;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::Member;
use super::audit::{self, Entry, hex};
use super::cases::{allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, stamp};

const SET: &str = "INSERT INTO desk_sealed_note (case_id, key_id, ciphertext, changed_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (case_id) DO UPDATE SET key_id = excluded.key_id, ciphertext = excluded.ciphertext, \
     changed_at = excluded.changed_at";
const GET: &str = "SELECT key_id, ciphertext FROM desk_sealed_note WHERE case_id = $1";

pub(super) const QUERIES: &[&str] = &[SET, GET];

/// Sealed notes are in this format.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// The key that sealed notes are sealed with. It prints as nothing.
#[derive(Clone)]
pub struct SealingKey {
    id: String,
    key: [u8; 32],
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

impl SealingKey {
    /// From the 32 bytes of the key file; its id is taken from their hash.
    pub fn new(key: [u8; 32]) -> Self {
        let id = hex(&Sha256::digest(key)[..8]);
        Self { id, key }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.key))
    }

    /// The id that a ciphertext's row names the key by.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    fn seal(&self, case: &str, text: &str) -> Result<Vec<u8>> {
        self.seal_in(TABLE, case, text)
    }

    fn open(&self, case: &str, key_id: &str, bytes: &[u8]) -> Result<String> {
        self.open_in(TABLE, case, key_id, bytes)
    }

    /// Seals `text` for one row of a table, and for no other.
    pub(super) fn seal_in(&self, table: &str, row: &str, text: &str) -> Result<Vec<u8>> {
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| StoreError::Sealed)?;
        let aad = aad(table, row, &self.id);
        let payload = Payload { msg: text.as_bytes(), aad: aad.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
        Ok([&[FORMAT][..], &nonce, &sealed].concat())
    }

    /// Opens what was sealed for that row.
    pub(super) fn open_in(&self, table: &str, row: &str, key_id: &str, bytes: &[u8]) -> Result<String> {
        let Some((&[FORMAT], rest)) = bytes.split_first_chunk::<1>() else { return Err(StoreError::Sealed) };
        let Some((nonce, sealed)) = rest.split_first_chunk::<NONCE>() else { return Err(StoreError::Sealed) };
        let aad = aad(table, row, key_id);
        let payload = Payload { msg: sealed, aad: aad.as_bytes() };
        let text = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| StoreError::Sealed)?;
        String::from_utf8(text).map_err(|_| StoreError::Sealed)
    }
}

/// What stands for a note that was shown, without showing it again.
pub fn note_hash(note: &str) -> String {
    hex(&Sha256::digest(note.as_bytes()))
}

/// The table of the notes.
const TABLE: &str = "desk_sealed_note";

fn aad(table: &str, row: &str, key_id: &str) -> String {
    format!("{table}|{row}|ciphertext|{key_id}")
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
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::SealedNotes, facts)?;
        let standing = match sqlx::query(GET).bind(id.to_owned()).fetch_optional(&mut *tx).await? {
            Some(row) => key.open(id, &row.try_get::<String, _>(0)?, &row.try_get::<Vec<u8>, _>(1)?)?,
            None => String::new(),
        };
        if note_hash(&standing) != seen {
            return Err(StoreError::ChangedSinceVerified);
        }
        sqlx::query(SET)
            .bind(id.to_owned())
            .bind(key.id.clone())
            .bind(key.seal(id, text)?)
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
        let (key_id, bytes): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
        let text = key.open(id, &key_id, &bytes)?;
        let entry = Entry { act: "sealed note revealed", actor: &member.id, subject: id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(Some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_flipped_bit_is_refused_and_so_is_another_row_or_key() {
        let key = SealingKey::new([7; 32]);
        let sealed = key.seal("case-a", "a fictional witness").unwrap();
        assert_eq!(key.open("case-a", &key.id, &sealed).unwrap(), "a fictional witness");
        for bit in 0..sealed.len() * 8 {
            let mut altered = sealed.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(key.open("case-a", &key.id, &altered).is_err(), "bit {bit}");
        }
        assert!(key.open("case-b", &key.id, &sealed).is_err());
        assert!(key.open_in("desk_blur", "case-a", &key.id, &sealed).is_err());
        assert!(key.open("case-a", "other", &sealed).is_err());
        assert!(SealingKey::new([8; 32]).open("case-a", &key.id, &sealed).is_err());
        assert_eq!(format!("{key:?}"), "SealingKey(…)");
    }
}
