//! The keys that seal: one at a time, named by the database; those before it still open what they sealed.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use super::KeyFile;
use crate::StoreError;
use crate::desk::audit::{hex, random};
use crate::error::Result;

/// What is sealed is in this format.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// What seals and opens: the keys of the key file, which is read again when the database names one that is not known,
/// for it may have been exchanged since. It prints as nothing.
#[derive(Clone)]
pub struct SealingKey {
    keys: Arc<RwLock<Vec<OneKey>>>,
    file: Option<KeyFile>,
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

impl SealingKey {
    /// From 32 bytes, without a file.
    pub fn new(key: [u8; 32]) -> Self {
        Self { keys: Arc::new(RwLock::new(vec![OneKey::new(key)])), file: None }
    }

    /// The keys of a file that is there.
    pub fn of_file(file: &KeyFile) -> Result<Self> {
        Ok(Self { keys: Arc::new(RwLock::new(file.read()?)), file: Some(file.clone()) })
    }

    /// Opens what was sealed into that row of that table under the key of that name.
    pub(crate) fn open(&self, table: &str, row: &str, key_id: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        self.find(key_id)?.open(table, row, bytes)
    }

    /// The key of that name.
    pub(super) fn find(&self, id: &str) -> Result<OneKey> {
        let known = |keys: &[OneKey]| keys.iter().find(|key| key.id == id).cloned();
        let held = known(&self.keys.read().unwrap_or_else(PoisonError::into_inner));
        if let Some(key) = held {
            return Ok(key);
        }
        let unknown = || StoreError::UnknownKey(id.to_owned());
        let keys = self.file.as_ref().ok_or_else(unknown)?.read()?;
        let key = known(&keys).ok_or_else(unknown)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(key)
    }

    /// The newest: what seals where the database names none yet.
    pub(super) fn newest(&self) -> String {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.first().map(|key| key.id.clone()).unwrap_or_default()
    }
}

/// One key and its name, which is taken from its hash and stands beside what it sealed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OneKey {
    id: String,
    key: [u8; 32],
}

impl OneKey {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self { id: hex(&Sha256::digest(key)[..8]), key }
    }

    pub(super) fn random() -> Result<Self> {
        Ok(Self::new(random()?))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.key
    }

    /// Its name.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Seals what belongs into one row of one table and opens nowhere else.
    pub(crate) fn seal(&self, table: &str, row: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let nonce = random::<NONCE>()?;
        let aad = self.aad(table, row);
        let payload = Payload { msg: secret, aad: aad.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
        Ok([&[FORMAT][..], &nonce, &sealed].concat())
    }

    pub(super) fn open(&self, table: &str, row: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        let Some((&[FORMAT], rest)) = bytes.split_first_chunk::<1>() else { return Err(StoreError::Sealed) };
        let Some((nonce, sealed)) = rest.split_first_chunk::<NONCE>() else { return Err(StoreError::Sealed) };
        let aad = self.aad(table, row);
        let payload = Payload { msg: sealed, aad: aad.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| StoreError::Sealed)
    }

    fn aad(&self, table: &str, row: &str) -> String {
        format!("{table}|{row}|ciphertext|{}", self.id)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "desk_sealed_note";

    #[test]
    fn any_flipped_bit_is_refused_and_so_is_another_table_row_or_key() {
        let (key, other) = (OneKey::new([7; 32]), OneKey::new([8; 32]));
        let sealed = key.seal(TABLE, "case-a", b"a fictional witness").unwrap();
        assert_eq!(key.open(TABLE, "case-a", &sealed).unwrap(), b"a fictional witness");
        for bit in 0..sealed.len() * 8 {
            let mut altered = sealed.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(key.open(TABLE, "case-a", &altered).is_err(), "bit {bit}");
        }
        assert!(key.open(TABLE, "case-b", &sealed).is_err());
        assert!(key.open("desk_second_factor", "case-a", &sealed).is_err());
        assert!(other.open(TABLE, "case-a", &sealed).is_err());
        // The right bytes under another name, and the other way round.
        assert!(OneKey { id: other.id.clone(), ..key.clone() }.open(TABLE, "case-a", &sealed).is_err());
        assert!(OneKey { key: other.key, ..key.clone() }.open(TABLE, "case-a", &sealed).is_err());
        let held = SealingKey::new([7; 32]);
        assert!(held.open(TABLE, "case-a", key.id(), &sealed).is_ok());
        let unknown = held.open(TABLE, "case-a", other.id(), &sealed);
        assert!(matches!(unknown, Err(StoreError::UnknownKey(id)) if id == other.id));
        assert_eq!(format!("{held:?}"), "SealingKey(…)");
    }
}
