//! The data folder and the keys, which lie in files outside the database: of sealed notes, and of checkpoints.

use std::io::Write;
use std::path::Path;

use store::desk::SealingKey;
use store::desk::audit::LogKey;

use super::Failure;

/// Makes the folder, for its owner alone.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| format!("cannot make the data folder {}: {e}", folder.display()).into())
}

/// Makes the database's file for its owner alone, before the engine would make it for everybody; the files beside it
/// (write-ahead log, shared memory) take over its mode. One that others can read is closed to them.
pub(super) fn close_database(folder: &Path) -> Result<(), Failure> {
    let path = folder.join("treatywatch.sqlite");
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(|e| format!("cannot open {}: {e}", path.display()))?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    drop(file);
    Ok(())
}

/// The key in the folder's `sealed.key`, made the first time.
pub(super) fn sealing_key(folder: &Path) -> Result<SealingKey, Failure> {
    Ok(SealingKey::new(key_file(folder, "sealed.key")?))
}

/// The key in the folder's `checkpoint.key`, made the first time.
pub(super) fn log_key(folder: &Path) -> Result<LogKey, Failure> {
    Ok(LogKey::new(key_file(folder, "checkpoint.key")?))
}

/// The key of checkpoints, where it was made before: a new one has signed nothing.
pub(super) fn log_key_that_is_there(folder: &Path) -> Result<LogKey, Failure> {
    if !folder.join("checkpoint.key").exists() {
        let folder = folder.display();
        return Err(format!(
            "there is no checkpoint.key in {folder}: name the key that was saved with --key"
        )
        .into());
    }
    log_key(folder)
}

fn key_file(folder: &Path, name: &str) -> Result<[u8; 32], Failure> {
    let path = folder.join(name);
    if !path.exists() {
        let mut key = [0u8; 32];
        getrandom::fill(&mut key)?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        file.write_all(&key)?;
        file.sync_all()?;
    }
    let bytes = std::fs::read(&path)?;
    let key = bytes.try_into();
    key.map_err(|_| format!("{} is not a key: 32 bytes are needed", path.display()).into())
}
