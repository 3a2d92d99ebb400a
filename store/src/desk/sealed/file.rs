//! The key file: 32 bytes for each key, the newest first. It changes whole, on the disk, or not at all.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::key::OneKey;
use crate::StoreError;
use crate::error::Result;

/// Where the sealing keys lie, outside the database and for their owner alone.
#[derive(Clone, Debug)]
pub struct KeyFile(PathBuf);

impl KeyFile {
    /// At this path.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Makes the file with a first key, if it is not there.
    pub fn make(&self) -> Result<()> {
        if self.0.exists() {
            return Ok(());
        }
        let folder = self.folder().and_then(|folder| folder.lock().map(|()| folder));
        let _alone = folder.map_err(|error| self.fault(&error.to_string()))?;
        // Another program may have been quicker.
        if self.0.exists() { Ok(()) } else { self.write(&[OneKey::random()?]) }
    }

    /// The names of the keys in it, the newest first.
    pub fn names(&self) -> Result<Vec<String>> {
        Ok(self.read()?.iter().map(|key| key.id().to_owned()).collect())
    }

    pub(super) fn read(&self) -> Result<Vec<OneKey>> {
        let bytes = std::fs::read(&self.0).map_err(|error| self.fault(&error.to_string()))?;
        let (keys, rest) = bytes.as_chunks::<32>();
        if keys.is_empty() || !rest.is_empty() {
            return Err(self.fault("it is no key file: 32 bytes for each key are needed"));
        }
        Ok(keys.iter().map(|key| OneKey::new(*key)).collect())
    }

    /// Puts these keys in place of those that are there. When it returns they are on the disk; until then the file is
    /// the one before.
    pub(super) fn write(&self, keys: &[OneKey]) -> Result<()> {
        self.replace(keys).map_err(|error| self.fault(&error.to_string()))
    }

    fn replace(&self, keys: &[OneKey]) -> std::io::Result<()> {
        let new = self.0.with_extension("key.new");
        // What a write that was cut off left never was the key file.
        let _ = std::fs::remove_file(&new);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        for key in keys {
            file.write_all(key.bytes())?;
        }
        file.sync_all()?;
        std::fs::rename(&new, &self.0)?;
        self.folder()?.sync_all()
    }

    /// Held while keys are exchanged, by one program at a time; gone with the program.
    pub(super) fn lock(&self) -> Result<File> {
        let folder = self.folder().map_err(|error| self.fault(&error.to_string()))?;
        folder.try_lock().map_err(|_| self.fault("its keys are being exchanged by another program"))?;
        Ok(folder)
    }

    fn folder(&self) -> std::io::Result<File> {
        let folder = self.0.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))
    }

    fn fault(&self, what: &str) -> StoreError {
        StoreError::KeyFile(format!("{}: {what}", self.0.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_whole_keys_is_replaced_whole_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("sealed.key"));
        assert!(file.read().is_err());
        file.make().unwrap();
        let first = file.names().unwrap();
        file.make().unwrap();
        assert_eq!(file.names().unwrap(), first, "one that is there stays");
        // As a write that was cut off leaves it.
        std::fs::write(folder.path().join("sealed.key.new"), [1; 40]).unwrap();
        let two = [OneKey::new([8; 32]), OneKey::new([7; 32])];
        file.write(&two).unwrap();
        assert!(file.read().unwrap() == two);
        #[cfg(unix)]
        {
            let about = std::fs::metadata(file.path()).unwrap();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        for length in [0, 31, 33, 63] {
            std::fs::write(file.path(), vec![1; length]).unwrap();
            assert!(file.read().is_err(), "{length}");
        }
    }

    #[test]
    fn one_program_at_a_time_exchanges_keys() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("sealed.key"));
        let held = file.lock().unwrap();
        assert!(file.lock().is_err());
        drop(held);
        assert!(file.lock().is_ok());
    }
}
