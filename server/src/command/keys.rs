//! `treatywatch keys`; the data folder, and the keys, which lie in files outside the database: of what is sealed, and of
//! checkpoints.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::Timestamp;
use store::desk::audit::LogKey;
use store::desk::{KeyFile, Rotate, SealingKey};
use store::{Store, StoreError};

use super::{Failure, Place};

/// The keys of what is sealed.
#[derive(Subcommand)]
pub(super) enum Keys {
    /// Seals everything anew with a new key; if that was cut off, goes on with it. Also while the program serves.
    Rotate {
        /// Keeps the old keys in the file, for backups that were made until now.
        #[arg(long)]
        keep_old: bool,
        /// A key is lost: what it sealed stays shut for good, and everything else goes on.
        #[arg(long)]
        lost: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Says which keys are in the key file, and which are needed.
    List {
        /// Another key file, such as a copy [default: sealed.key in the data folder].
        #[arg(long)]
        file: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

impl Keys {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Rotate { keep_old, lost, place } => rotate(Rotate { keep_old, lost }, &place).await,
            Self::List { file, place } => {
                let file = file.map_or_else(|| key_file_in(&place.folder()), KeyFile::new);
                let store = place.open().await?;
                let (there, named) = (file.names()?, store.sealing_key_name().await?);
                let needed = store.sealed_with().await?;
                for name in &there {
                    let values = needed.get(name).copied().unwrap_or_default();
                    let seals = if *name == named { "; seals what is sealed now" } else { "" };
                    println!("{name}: {values} values{seals}");
                }
                for said in missing_keys(&store, &there).await? {
                    println!("{said}");
                }
                Ok(())
            }
        }
    }
}

async fn rotate(how: Rotate, place: &Place) -> Result<(), Failure> {
    let file = key_file_in(&place.folder());
    let done =
        place.open().await?.rotate_sealing_key(&file, how, Timestamp::now()).await.map_err(|error| {
            match error {
                StoreError::UnknownKey(name) => missing_key(&name, &file),
                other => other.to_string(),
            }
        })?;
    println!("Sealed {} values anew with the key {}.", done.sealed, done.key);
    for row in &done.unopened {
        println!("SHUT: {row}: no key in the file opens it.");
    }
    let (path, keys) = (file.path().display(), file.names()?.len());
    println!(
        "{path} holds {keys} keys. Copy it now to where its copies are kept, beside the one from before:"
    );
    println!("that one opens the backups from before, and nothing newer.");
    if done.unopened.is_empty() || how.lost {
        return Ok(());
    }
    Err("not everything was sealed anew, so the old keys are still in the file; what is lost for good is given up with \
         --lost"
        .into())
}

/// What is missing to open what is sealed, a sentence for each key.
pub(super) async fn missing_keys(store: &Store, there: &[String]) -> Result<Vec<String>, StoreError> {
    let needed = store.sealed_with().await?;
    let missing = needed.iter().filter(|(name, _)| !there.contains(name));
    Ok(missing
        .map(|(name, values)| format!("MISSING: the key {name}, with which {values} values are sealed."))
        .collect())
}

/// What to do where the key that seals is not in the file.
fn missing_key(name: &str, file: &KeyFile) -> String {
    let path = file.path().display();
    format!(
        "the database is sealed with the key {name}, which is not in {path}. Put the copy that holds it there, or \
         append it (cat COPY >> {path}); `treatywatch keys list --file COPY` says which keys a copy holds. If it is \
         lost: `treatywatch keys rotate --lost`"
    )
}

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

/// Where the keys of what is sealed lie.
pub(super) fn key_file_in(folder: &Path) -> KeyFile {
    KeyFile::new(folder.join("sealed.key"))
}

/// The keys in the folder's `sealed.key`, made the first time. Refused are those that do not open what this database seals:
/// nobody shall find out by a note that does not open.
pub(super) async fn sealing_key(folder: &Path, store: &Store) -> Result<SealingKey, Failure> {
    let (file, named) = (key_file_in(folder), store.sealing_key_name().await?);
    if named.is_empty() {
        file.make()?;
    }
    let is_known = file.path().exists() && (named.is_empty() || file.names()?.contains(&named));
    if !is_known {
        return Err(missing_key(&named, &file).into());
    }
    Ok(SealingKey::of_file(&file)?)
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

#[cfg(test)]
mod tests {
    use store::desk::NewMember;

    use super::*;

    /// Something sealed with the key of the folder.
    async fn seal(store: &Store, folder: &Path) {
        let (at, key) = (Timestamp::now(), sealing_key(folder, store).await.unwrap());
        store.add_organisation("harbour", "Harbour Watch", at).await.unwrap();
        let role = domain::rights::Role::Reviewer;
        let new = NewMember {
            email: "made-up@example.org",
            organisation: "harbour",
            role,
            password_hash: "a hash",
            is_trial: false,
        };
        store.add_member(new, at).await.unwrap();
        let id = store.sign_in("made-up@example.org").await.unwrap().unwrap().member;
        let times = store::desk::SessionTimes::default();
        let token = store.begin_session(&id, times, at).await.unwrap();
        let member = store.session(&token, times, at).await.unwrap().unwrap();
        assert!(store.begin_second_factor(&member, "", &key, at).await.unwrap());
    }

    #[tokio::test]
    async fn serving_begins_with_the_key_that_seals_and_with_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
        let place = || Place { data: Some(data.clone()), database: None };
        let store = place().open().await.unwrap();
        seal(&store, &data).await;
        let (file, path) = (key_file_in(&data), data.join("sealed.key"));
        std::fs::copy(&path, &copy).unwrap();
        let named = store.sealing_key_name().await.unwrap();
        assert_eq!(missing_keys(&store, &file.names().unwrap()).await.unwrap(), Vec::<String>::new());

        // Not there, and of another installation: neither is taken, and no new one is made.
        for other in [None, Some([5; 32])] {
            std::fs::remove_file(&path).unwrap();
            if let Some(other) = other {
                std::fs::write(&path, other).unwrap();
            }
            let refused = sealing_key(&data, &store).await.unwrap_err().to_string();
            assert!(refused.contains(&named) && refused.contains("--lost"), "{refused}");
            let names = file.names().unwrap_or_default();
            let missing = missing_keys(&store, &names).await.unwrap();
            assert!(missing.len() == 1 && missing[0].contains(&named), "{missing:?}");
            let rotate = Keys::Rotate { keep_old: false, lost: false, place: place() };
            assert!(rotate.run().await.is_err());
            if other.is_none() {
                std::fs::write(&path, [6; 32]).unwrap();
            }
        }
        // The copy appended opens it, and exchanging the key leaves one.
        let both = [&[5; 32][..], &std::fs::read(&copy).unwrap()].concat();
        std::fs::write(&path, both).unwrap();
        sealing_key(&data, &store).await.unwrap();
        Keys::Rotate { keep_old: false, lost: false, place: place() }.run().await.unwrap();
        assert_eq!(file.names().unwrap(), [store.sealing_key_name().await.unwrap()]);
        Keys::List { file: Some(copy), place: place() }.run().await.unwrap();
        store.close().await;
    }
}
