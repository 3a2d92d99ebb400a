//! `cargo xtask serve`: from a checkout to a running site.

use anyhow::Result;
use clap::Args;

use crate::{
    build,
    terminal::{interrupted, program, run as start, say, step},
};

#[derive(Args)]
pub(crate) struct Options {
    /// The real thing: optimised, and without trial members unless --demo is given
    #[arg(long)]
    release: bool,
    /// Make an organisation with a researcher, an analyst and two reviewers to try it out (always, without --release)
    #[arg(long)]
    demo: bool,
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: String,
    /// The data folder
    #[arg(long, default_value = "./treatywatch-data")]
    data: String,
    /// More settings for `treatywatch serve`
    #[arg(last = true)]
    more: Vec<String>,
}

/// Builds what changed and serves until Ctrl-C.
pub(crate) fn run(options: &Options) -> Result<()> {
    let built = build::program(options.release)?;
    let mut server = program(&built.path);
    server.args(["serve", "--addr", &options.addr, "--data", &options.data]);
    if options.demo || !options.release {
        server.arg("--demo");
    }
    server.args(&options.more);
    step("serving; Ctrl-C ends it", || {
        say(format!("data in {}", options.data));
        match start(&mut server) {
            // Ended by the same key press, as asked.
            Err(_) if interrupted() => Ok(()),
            result => result,
        }
    })
    .or_else(|error| if interrupted() { Ok(()) } else { Err(error) })
}
