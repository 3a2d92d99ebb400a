//! Where the bytes of evidence files lie: encrypted, under random names, in a folder.
//!
//! Each file has a key of its own; XChaCha20-Poly1305 over chunks in the STREAM construction, so that no chunk can be
//! altered, dropped, moved or left off the end without the reading failing. A file is written and synced before its
//! row is; what has no row after a while is swept away. SHA-256 is of the plaintext, taken before anything else.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aead_stream::{DecryptorBE32, EncryptorBE32};
use bytes::{Bytes, BytesMut};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

use crate::StoreError;
use crate::desk::audit::{hex, random};
use crate::error::Result;

/// Plaintext bytes per chunk.
const CHUNK: usize = 64 << 10;
/// What encryption adds to a chunk.
const TAG: usize = 16;
/// The nonce's part that is the same for a whole file.
const NONCE: usize = 19;
/// Bytes sent to the object store at once.
const PART: usize = 5 << 20;
/// Files are in this format.
const FORMAT: u8 = 1;

/// How long a file may lie without a row: an upload may be under way.
const ORPHAN_AFTER: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

/// The key of one file. It prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl FileKey {
    /// Seals what belongs to the file and is small: its copy and its thumbnail.
    pub(crate) fn seal(&self, id: &str, what: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = random::<24>()?;
        let aad = format!("{id}|{what}");
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| StoreError::Sealed)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens it.
    pub(crate) fn open(&self, id: &str, what: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>().ok_or(StoreError::Sealed)?;
        let aad = format!("{id}|{what}");
        let payload = Payload { msg: sealed, aad: aad.as_bytes() };
        self.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| StoreError::Sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

/// A file that lies in the store and has no row yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its random name.
    pub object: String,
    /// Its key.
    pub key: FileKey,
    /// SHA-256 of the plaintext, in hex.
    pub sha256: String,
    /// Bytes of the plaintext.
    pub bytes: u64,
}

/// The store of evidence files.
#[derive(Clone, Debug)]
pub struct EvidenceFiles {
    files: Arc<dyn ObjectStore>,
    folder: PathBuf,
}

impl EvidenceFiles {
    /// In a folder that exists. Every file is synced to the disk before it counts as written.
    pub fn open_folder(folder: &Path) -> Result<Self> {
        let files = LocalFileSystem::new_with_prefix(folder).map_err(fault)?.with_fsync(true);
        Ok(Self { files: Arc::new(files), folder: folder.to_owned() })
    }

    /// Begins a file.
    pub async fn begin(&self) -> Result<FileWriter> {
        let object = hex(&random::<16>()?);
        let (key, nonce) = (FileKey(random()?), random::<NONCE>()?);
        let upload = self.files.put_multipart(&ObjectPath::from(object.as_str())).await.map_err(fault)?;
        let cipher = key.cipher();
        let mut ready = BytesMut::with_capacity(PART + CHUNK);
        ready.extend_from_slice(&[FORMAT]);
        ready.extend_from_slice(&nonce);
        Ok(FileWriter {
            upload: Some(upload),
            encryptor: EncryptorBE32::from_aead(cipher, &nonce.into()),
            object,
            key,
            hash: Sha256::new(),
            bytes: 0,
            chunk: BytesMut::with_capacity(CHUNK),
            ready,
        })
    }

    /// The plaintext, chunk by chunk, in constant memory; an error where a bit of it was altered.
    pub async fn read(
        &self,
        object: &str,
        key: &FileKey,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<>> {
        let found = self.files.get(&ObjectPath::from(object)).await.map_err(fault)?;
        let mut source = found.into_stream().map_err(fault).boxed();
        let mut held = BytesMut::new();
        while held.len() < 1 + NONCE {
            let more = source.try_next().await?.ok_or(StoreError::Sealed)?;
            held.extend_from_slice(&more);
        }
        let head = held.split_to(1 + NONCE);
        let nonce = <[u8; NONCE]>::try_from(&head[1..]).map_err(|_| StoreError::Sealed)?;
        if head[0] != FORMAT {
            return Err(StoreError::Sealed);
        }
        let decryptor = DecryptorBE32::from_aead(key.cipher(), &nonce.into());
        let object = object.to_owned();
        let state = (source, held, Some(decryptor), object);
        Ok(stream::try_unfold(state, async |(mut source, mut held, decryptor, object)| {
            let Some(mut decryptor) = decryptor else { return Ok(None) };
            // One chunk more than needed is held, to know which is the last.
            while held.len() <= CHUNK + TAG {
                match source.try_next().await? {
                    Some(more) => held.extend_from_slice(&more),
                    None => break,
                }
            }
            let is_last = held.len() <= CHUNK + TAG;
            let sealed = held.split_to(held.len().min(CHUNK + TAG));
            let payload = Payload { msg: &sealed, aad: object.as_bytes() };
            let (plain, next) = if is_last {
                (decryptor.decrypt_last(payload), None)
            } else {
                let plain = decryptor.decrypt_next(payload);
                (plain, Some(decryptor))
            };
            let plain = plain.map_err(|_| StoreError::Sealed)?;
            Ok(Some((Bytes::from(plain), (source, held, next, object))))
        }))
    }

    /// The file as it lies there, encrypted, in parts of a megabyte or so; for a backup.
    pub(crate) async fn raw(&self, object: &str) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<>> {
        let found = self.files.get(&ObjectPath::from(object)).await.map_err(fault)?;
        let source = found.into_stream().map_err(fault).boxed().fuse();
        Ok(stream::try_unfold(source, async |mut source| {
            let mut part = BytesMut::new();
            while part.len() < 1 << 20 {
                match source.try_next().await? {
                    Some(more) => part.extend_from_slice(&more),
                    None => break,
                }
            }
            Ok((!part.is_empty()).then(|| (part.freeze(), source)))
        }))
    }

    /// Begins a file that lay elsewhere, under its name there; from a backup.
    pub(crate) async fn begin_raw(&self, object: &str) -> Result<Box<dyn MultipartUpload>> {
        if object.len() != 32 || !object.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(StoreError::Files("this is no name of an evidence file".to_owned()));
        }
        self.files.put_multipart(&ObjectPath::from(object)).await.map_err(fault)
    }

    /// Removes a file; one that is not there is removed already.
    pub async fn remove(&self, object: &str) -> Result<()> {
        match self.files.delete(&ObjectPath::from(object)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(fault(error)),
        }
    }

    /// Removes what was written and never got a row, because the program stopped between the two; how many.
    pub async fn sweep(&self, known: &HashSet<String>, now: jiff::Timestamp) -> Result<u64> {
        let mut swept = 0;
        let mut files = self.files.list(None);
        while let Some(file) = files.try_next().await.map_err(fault)? {
            let age = now.as_second() - file.last_modified.timestamp();
            let is_old = u64::try_from(age).is_ok_and(|age| age > ORPHAN_AFTER.as_secs());
            if is_old && !known.contains(file.location.as_ref()) {
                self.remove(file.location.as_ref()).await?;
                swept += 1;
            }
        }
        Ok(swept + self.sweep_staged(now))
    }

    /// What an upload that was cut off left: the object store writes it under the file's name with `#` and does not
    /// list it. What cannot be looked at stays.
    fn sweep_staged(&self, now: jiff::Timestamp) -> u64 {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return 0 };
        let staged = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().contains('#'));
        let is_old = |entry: &std::fs::DirEntry| {
            let modified = entry.metadata().and_then(|about| about.modified()).ok();
            let since = modified.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let now = u64::try_from(now.as_second()).unwrap_or_default();
            since.is_some_and(|at| now > at.as_secs() + ORPHAN_AFTER.as_secs())
        };
        let gone = staged.filter(is_old).filter(|entry| std::fs::remove_file(entry.path()).is_ok()).count();
        gone as u64
    }
}

/// A file that is being written. Dropped before [`FileWriter::finish`], it leaves nothing that counts.
pub struct FileWriter {
    upload: Option<Box<dyn MultipartUpload>>,
    encryptor: EncryptorBE32<XChaCha20Poly1305>,
    object: String,
    key: FileKey,
    hash: Sha256,
    bytes: u64,
    chunk: BytesMut,
    ready: BytesMut,
}

impl FileWriter {
    /// Bytes of plaintext so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes more.
    pub async fn write(&mut self, mut plain: &[u8]) -> Result<()> {
        self.hash.update(plain);
        self.bytes += plain.len() as u64;
        while !plain.is_empty() {
            // A full chunk waits for the next byte: the last one is sealed as the last.
            if self.chunk.len() == CHUNK {
                let payload = Payload { msg: &self.chunk, aad: self.object.as_bytes() };
                let sealed = self.encryptor.encrypt_next(payload).map_err(|_| StoreError::Sealed)?;
                self.ready.extend_from_slice(&sealed);
                self.chunk.clear();
            }
            let (taken, rest) = plain.split_at(plain.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(taken);
            plain = rest;
            if self.ready.len() >= PART {
                self.send().await?;
            }
        }
        Ok(())
    }

    /// Ends the file; it is on the disk when this returns.
    pub async fn finish(mut self) -> Result<StoredFile> {
        let payload = Payload { msg: &self.chunk, aad: self.object.as_bytes() };
        let sealed = self.encryptor.encrypt_last(payload).map_err(|_| StoreError::Sealed)?;
        self.ready.extend_from_slice(&sealed);
        let upload = self.upload.as_mut().ok_or(StoreError::Sealed)?;
        upload.put_part(PutPayload::from(self.ready.freeze())).await.map_err(fault)?;
        upload.complete().await.map_err(fault)?;
        let sha256 = hex(&self.hash.finalize());
        Ok(StoredFile { object: self.object, key: self.key, sha256, bytes: self.bytes })
    }

    /// Leaves it: too large, refused, or cut off.
    pub async fn abort(mut self) -> Result<()> {
        match &mut self.upload {
            Some(upload) => upload.abort().await.map_err(fault),
            None => Ok(()),
        }
    }

    async fn send(&mut self) -> Result<()> {
        let part = PutPayload::from(self.ready.split().freeze());
        let upload = self.upload.as_mut().ok_or(StoreError::Sealed)?;
        upload.put_part(part).await.map_err(fault)
    }
}

pub(crate) fn fault(error: object_store::Error) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::NotFound,
        // The error's own words name a path on this machine, and no more than that.
        other => StoreError::Files(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn write(files: &EvidenceFiles, plain: &[u8]) -> StoredFile {
        let mut writer = files.begin().await.unwrap();
        for piece in plain.chunks(10_007) {
            writer.write(piece).await.unwrap();
        }
        writer.finish().await.unwrap()
    }

    async fn read(files: &EvidenceFiles, stored: &StoredFile) -> Result<Vec<u8>> {
        let stream = files.read(&stored.object, &stored.key).await?;
        Ok(stream.try_collect::<Vec<_>>().await?.concat())
    }

    #[tokio::test]
    async fn what_is_written_is_read_back_and_lies_there_encrypted() {
        let folder = tempfile::tempdir().unwrap();
        let files = EvidenceFiles::open_folder(folder.path()).unwrap();
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, PART + 7] {
            let plain: Vec<u8> = b"a made-up witness ".iter().copied().cycle().take(size).collect();
            let stored = write(&files, &plain).await;
            assert_eq!((stored.bytes, &stored.sha256), (size as u64, &hex(&Sha256::digest(&plain))));
            assert_eq!(read(&files, &stored).await.unwrap(), plain, "{size}");
            let lies = std::fs::read(folder.path().join(&stored.object)).unwrap();
            assert!(!lies.windows(9).any(|w| w == b"a made-up"), "{size}");
        }
    }

    #[tokio::test]
    async fn altered_cut_off_swapped_or_opened_with_another_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let files = EvidenceFiles::open_folder(folder.path()).unwrap();
        let stored = write(&files, &vec![7; 2 * CHUNK + 5]).await;
        let path = folder.path().join(&stored.object);
        let whole = std::fs::read(&path).unwrap();
        let chunk = CHUNK + TAG;
        let body = 1 + NONCE;
        let mut forms: Vec<Vec<u8>> = [0, 5, body + 3, body + chunk + 9, whole.len() - 1]
            .map(|at| {
                let mut altered = whole.clone();
                altered[at] ^= 1;
                altered
            })
            .to_vec();
        forms.push(whole[..body + chunk].to_vec());
        forms.push(whole[..body + 2 * chunk].to_vec());
        forms.push(whole[..10].to_vec());
        let swapped = [&whole[..body], &whole[body + chunk..body + 2 * chunk], &whole[body..body + chunk]];
        forms.push([&swapped.concat(), &whole[body + 2 * chunk..]].concat());
        for (n, form) in forms.iter().enumerate() {
            std::fs::write(&path, form).unwrap();
            assert!(read(&files, &stored).await.is_err(), "form {n}");
        }
        std::fs::write(&path, &whole).unwrap();
        assert!(read(&files, &stored).await.is_ok());
        let other = StoredFile { key: FileKey([1; 32]), ..stored.clone() };
        assert!(read(&files, &other).await.is_err());
        // Under another file's name it does not open either.
        std::fs::copy(&path, folder.path().join("0000")).unwrap();
        assert!(read(&files, &StoredFile { object: "0000".into(), ..stored }).await.is_err());
    }

    #[tokio::test]
    async fn only_old_files_without_a_row_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let files = EvidenceFiles::open_folder(folder.path()).unwrap();
        let (known, orphan) = (write(&files, b"a").await, write(&files, b"b").await);
        let rows = HashSet::from([known.object.clone()]);
        let now = jiff::Timestamp::now();
        assert_eq!(files.sweep(&rows, now).await.unwrap(), 0, "an upload may be under way");
        assert_eq!(files.sweep(&rows, now + 2 * ORPHAN_AFTER).await.unwrap(), 1);
        assert!(read(&files, &known).await.is_ok());
        assert!(matches!(read(&files, &orphan).await, Err(StoreError::NotFound)));
        let mut cut_off = files.begin().await.unwrap();
        cut_off.write(&vec![7; 2 * PART]).await.unwrap();
        std::mem::forget(cut_off);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        assert_eq!(files.sweep(&rows, now + 2 * ORPHAN_AFTER).await.unwrap(), 1);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
