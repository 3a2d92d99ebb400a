//! `treatywatch erase`: the operator erases a case with everything in it.

use jiff::Timestamp;
use store::StoreError;

use super::{Failure, Place};

/// Erases an incident and the case behind it, in every edition and at the desk, for good. Backups and copies elsewhere
/// are out of its reach.
#[derive(clap::Args)]
pub(super) struct Erase {
    /// The incident: TW-2016-0001.
    reference: String,
    /// Why; kept in the audit log. It should not repeat what is erased.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    place: Place,
}

impl Erase {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (store, files) = (self.place.open().await?, self.place.evidence()?);
        let leftovers =
            store.erase(&self.reference, &self.reason, Timestamp::now()).await.map_err(|e| match e {
                StoreError::NotFound => format!("there is no incident {}", self.reference),
                other => other.to_string(),
            })?;
        for object in &leftovers.objects {
            files.remove(object).await?;
        }
        store.close().await;
        println!("Erased {} in every edition and at the desk.", self.reference);
        println!("Not reached: backups, replicas and copies that others took.");
        Ok(())
    }
}
