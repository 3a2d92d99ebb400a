//! `treatywatch backup` and `treatywatch restore`.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use store::backup::check;

use super::{Failure, Place, files, keys};

/// Writes everything but the keys to a new file, also while the program serves.
#[derive(clap::Args)]
pub(super) struct Backup {
    /// The file, which must not be there yet.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Restores a backup into an empty database, of whichever engine.
#[derive(clap::Args)]
pub(super) struct Restore {
    /// The file that `treatywatch backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (store, evidence) = (self.place.open().await?, self.place.evidence()?);
        let end = files::write_new(&self.file, async |out: &mut File| {
            let mut out = GzEncoder::new(BufWriter::new(out), Compression::default());
            let end = store.back_up(&evidence, &mut out, Timestamp::now()).await?;
            out.finish()?.flush()?;
            Ok(end)
        })
        .await?;
        store.close().await;
        println!("Wrote {} rows of {} tables.", end.rows.values().sum::<u64>(), end.rows.len());
        for object in &end.missing {
            println!("MISSING: the evidence file {object} has a row and was not there to be read.");
        }
        println!(
            "Not in it: the keys in the data folder (without sealed.key as it is now nobody opens a sealed note of it"
        );
        println!("again: keep a copy elsewhere, after each `keys rotate` too), sessions and links.");
        println!("In it: every draft. Whoever holds the file can read them.");
        Ok(())
    }
}

impl Restore {
    pub(super) async fn run(self) -> Result<(), Failure> {
        // Once for itself, before anything is touched.
        let (header, _) = check(read(&self.file)?)?;
        let (store, evidence) = (self.place.open().await?, self.place.evidence()?);
        let end = store.restore_backup(&evidence, read(&self.file)?, Timestamp::now()).await?;
        println!("Restored {} rows, as they were at {}.", end.rows.values().sum::<u64>(), header.at);
        println!("Put sealed.key and checkpoint.key into the data folder. Everybody signs in again.");
        let keys = keys::key_file_in(&self.place.folder()).names().unwrap_or_default();
        for said in keys::missing_keys(&store, &keys).await? {
            println!("{said}");
        }
        let checked = store.verify_audit().await?;
        store.close().await;
        match checked {
            Ok(entries) => println!("The audit log's chain of {entries} entries is whole."),
            Err(broken) => {
                return Err(format!("it was restored as it was, and so was its audit log: {broken}").into());
            }
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<BufReader<GzDecoder<BufReader<File>>>, Failure> {
    let file = File::open(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    Ok(BufReader::new(GzDecoder::new(BufReader::new(file))))
}

#[cfg(test)]
mod tests {
    use store::Store;

    use super::*;

    fn place(folder: &Path) -> Place {
        Place { data: Some(folder.to_owned()), database: None }
    }

    fn restore(file: &Path, folder: &Path) -> Restore {
        Restore { file: file.to_owned(), place: place(folder) }
    }

    #[tokio::test]
    async fn a_file_that_is_cut_off_or_damaged_is_refused_before_anything_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to, file) =
            (folder.path().join("from"), folder.path().join("to"), folder.path().join("backup"));
        let store = super::super::open(&place(&from).settings()).await.unwrap();
        store.add_organisation("harbour", "Harbour Watch", Timestamp::now()).await.unwrap();
        let backup = || Backup { file: file.clone(), place: place(&from) };
        backup().run().await.unwrap();
        let again = backup().run().await.unwrap_err().to_string();
        assert!(again.contains("exists"), "{again}");

        let whole = std::fs::read(&file).unwrap();
        let damaged = folder.path().join("damaged");
        let said = async |bytes: &[u8]| {
            std::fs::write(&damaged, bytes).unwrap();
            restore(&damaged, &to).run().await.unwrap_err().to_string()
        };
        for length in
            [0, 5, 9, 10, 11, 40, whole.len() / 2, whole.len() - 9, whole.len() - 8, whole.len() - 1]
        {
            let refused = said(&whole[..length]).await;
            assert!(refused.contains("cut off") || refused.contains("no backup"), "{length}: {refused}");
        }
        // The first ten bytes say how and when it was packed, not what is in it.
        for position in (10..whole.len()).step_by(7) {
            let mut altered = whole.clone();
            altered[position] ^= 4;
            let refused = said(&altered).await;
            let named = ["cut off", "no backup", "altered"].iter().any(|name| refused.contains(name));
            assert!(named, "{position}: {refused}");
        }
        assert!(!to.exists(), "nothing was touched");

        restore(&file, &to).run().await.unwrap();
        let refused = restore(&file, &to).run().await.unwrap_err().to_string();
        assert!(refused.contains("not empty"), "{refused}");
        let restored = Store::open_folder(&to).await.unwrap();
        assert_eq!(restored.verify_audit().await.unwrap(), Ok(2), "added, and restored");
        for store in [store, restored] {
            store.close().await;
        }
    }
}
