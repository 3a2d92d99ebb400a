//! `treatywatch redact`: the operator blanks one field of an incident in every edition.

use jiff::Timestamp;
use store::publish::REDACTABLE;

use super::{Failure, Place};

/// Blanks one field of an incident in every edition, for good. Backups and copies elsewhere are out of its reach.
#[derive(clap::Args)]
pub(super) struct Redact {
    /// The incident: TW-2016-0001.
    reference: String,
    /// The field: title, narrative, authority, sources …
    field: String,
    /// Why; kept in the audit log.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    place: Place,
}

impl Redact {
    pub(super) async fn run(self) -> Result<(), Failure> {
        if !REDACTABLE.contains(&self.field.as_str()) {
            let fields = REDACTABLE.join(", ");
            return Err(format!("{:?} cannot be redacted; the fields are {fields}", self.field).into());
        }
        let store = self.place.open().await?;
        store.redact(&self.reference, &self.field, &self.reason, Timestamp::now()).await.map_err(
            |e| match e {
                store::StoreError::NotFound => format!("there is no published incident {}", self.reference),
                other => other.to_string(),
            },
        )?;
        store.close().await;
        println!("Blanked {} of {} in every edition.", self.field, self.reference);
        println!("Not reached: backups, replicas and copies that others took.");
        Ok(())
    }
}
