//! The project's own commands: `cargo xtask serve | test | build | bench | kill-rounds | load | tidy`.
//!
//! Problem: a fresh machine has rustup's Rust, a C compiler and little else; the program needs a WebAssembly module,
//! styles and pictures inside it before it is compiled, and its tests need PostgreSQL and a browser. Choice: one
//! program, in the language that is there anyway, that finds or installs each tool in a stated order and says what it
//! does. Invariant: a step that could not be done is an error or said aloud, never passed over.

mod bench;
mod build;
mod dist;
mod kill_rounds;
mod live;
mod load;
mod packages;
mod paths;
mod serve;
mod style;
mod terminal;
mod test;
mod tidy;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Treatywatch's own commands", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve it at http://localhost:3000, with members to try it out
    Serve(serve::Options),
    /// Check everything: format, clippy, tidy, tests on both databases, browser tests
    Test(test::Options),
    /// Build the program, one file with its assets inside; its path is the last line
    Build {
        /// The real thing: optimised
        #[arg(long)]
        release: bool,
    },
    /// Measure against the targets and write docs/benchmarks.md
    Bench(bench::Options),
    /// Kill the program at random moments while people work, and check that nothing acknowledged is lost
    KillRounds(kill_rounds::Options),
    /// Let twenty researchers write at once while others publish, and measure how long a save takes
    Load(load::Options),
    /// Check the invariants of ARCHITECTURE.md
    Tidy,
}

fn main() -> ExitCode {
    terminal::catch_interrupts();
    let result = match Arguments::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Build { release } => build::run(release),
        Command::Bench(options) => bench::run(&options),
        Command::KillRounds(options) => kill_rounds::run(&options),
        Command::Load(options) => load::run(&options),
        Command::Tidy => tidy::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
