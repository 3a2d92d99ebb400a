//! `cargo xtask bench`.

use anyhow::Result;
use clap::Args;

#[derive(Args)]
pub(crate) struct Options {}

pub(crate) fn run(_options: &Options) -> Result<()> {
    Ok(())
}
