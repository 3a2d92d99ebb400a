//! `treatywatch audit verify`.

use clap::Subcommand;

use super::{Failure, Place};

/// The audit log.
#[derive(Subcommand)]
pub(super) enum Audit {
    /// Reads every entry and checks the chain.
    Verify {
        #[command(flatten)]
        place: Place,
    },
}

impl Audit {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let Self::Verify { place } = self;
        let entries = place.open().await?.verify_audit().await??;
        println!("The chain of {entries} entries is whole.");
        Ok(())
    }
}
