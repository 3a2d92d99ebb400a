//! `treatywatch audit`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use store::desk::audit::{Checkpoint, Verifier};

use super::{Failure, Place, files, keys};

/// The audit log.
#[derive(Subcommand)]
pub(super) enum Audit {
    /// Reads every entry and checks the chain; with a checkpoint, also that the log continues the one it is of.
    Verify {
        /// A checkpoint that was saved from /transparency/checkpoint.
        #[arg(long)]
        against: Option<PathBuf>,
        /// The verifying key that was saved from /transparency [default: of the key in the data folder].
        #[arg(long, requires = "against")]
        key: Option<Verifier>,
        #[command(flatten)]
        place: Place,
    },
    /// Writes the log to a new file, a line of JSON for each entry, with nothing private in it.
    Export {
        /// The file, which must not be there yet.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

impl Audit {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Verify { against: None, place, .. } => {
                let entries = place.open().await?.verify_audit().await??;
                println!("The chain of {entries} entries is whole.");
            }
            Self::Verify { against: Some(file), key, place } => {
                let checkpoint = read(&file, key, &place)?;
                let entries = place.open().await?.verify_audit_against(Some(&checkpoint)).await??;
                println!(
                    "The chain of {entries} entries is whole, and continues the {} of the checkpoint.",
                    checkpoint.entries
                );
            }
            Self::Export { file, place } => {
                let store = place.open().await?;
                let entries = files::write_new(&file, async |out: &mut File| {
                    let mut out = BufWriter::new(out);
                    let entries = store.export_audit(&mut out).await?;
                    out.flush()?;
                    Ok(entries)
                })
                .await?;
                println!("Wrote {entries} entries to {}.", file.display());
            }
        }
        Ok(())
    }
}

/// The checkpoint in a file, if it is signed by `key` or else by the key in the data folder.
fn read(file: &Path, key: Option<Verifier>, place: &Place) -> Result<Checkpoint, Failure> {
    let note = std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    let key = match key {
        Some(key) => key,
        None => keys::log_key_that_is_there(&place.folder())?.verifier(Checkpoint::origin_of(&note)),
    };
    Ok(key.read(&note)?)
}
