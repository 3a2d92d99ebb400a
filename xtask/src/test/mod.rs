//! `cargo xtask test`: everything that has to hold, in one command.
//!
//! Invariant: a part that could not run counts as failed. What is left out because somebody asked for it, or because
//! the publishers' files are not there, is counted aloud.

mod browser;
mod cargo_tests;
mod counts;
mod postgres;

use std::path::Path;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::{
    build, kill_rounds, paths,
    terminal::{cargo, interrupted, run as start, step},
    tidy,
};
use counts::{Counts, Report};

pub(crate) use postgres::{Cluster, free_port};

#[derive(Args)]
pub(crate) struct Options {
    /// What to leave out; it is counted as skipped
    #[arg(long, value_enum, value_delimiter = ',')]
    without: Vec<Part>,
}

/// The parts that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The browser tests
    Browser,
    /// The second database
    Postgres,
}

/// Runs all parts and prints the counts.
pub(crate) fn run(options: &Options) -> Result<()> {
    let leave_out = |part| options.without.contains(&part);
    let mut report = Report::default();
    part(&mut report, "format", format)?;
    part(&mut report, "tidy", tidy_checks)?;
    let mut program = None;
    part(&mut report, "build", || {
        let built = build::program(false)?;
        let mut counts = Counts::one(built.module_warnings == 0);
        if built.module_warnings > 0 {
            counts
                .notes
                .push(format!("{} compiler warnings in the WebAssembly build", built.module_warnings));
        }
        program = Some(built.path);
        Ok(counts)
    })?;
    part(&mut report, "clippy", clippy)?;
    if leave_out(Part::Postgres) {
        part(&mut report, "tests on SQLite", || cargo_tests::run(None))?;
        report.leave_out("tests on PostgreSQL");
    } else {
        part(&mut report, "tests on SQLite and PostgreSQL", || {
            let cluster = step("PostgreSQL, for this run", postgres::Cluster::start)?;
            cargo_tests::run(Some(&cluster.address()))
        })?;
    }
    part(&mut report, "kill rounds", || match &program {
        Some(program) => short_kill_rounds(program, leave_out(Part::Postgres)),
        None => bail!("there is no program to test"),
    })?;
    if leave_out(Part::Browser) {
        report.leave_out("browser tests");
    } else {
        part(&mut report, "browser tests", || match &program {
            Some(program) => browser::run(program),
            None => bail!("there is no program to test"),
        })?;
    }
    print!("{report}");
    if report.failed() > 0 {
        bail!("not everything holds");
    }
    Ok(())
}

/// Does one part; an error is a failure of that part and the others go on, unless somebody pressed Ctrl-C.
fn part(report: &mut Report, name: &str, work: impl FnOnce() -> Result<Counts>) -> Result<()> {
    let result = step(name, work);
    if interrupted() {
        bail!("interrupted");
    }
    report.add(name, result.unwrap_or_else(|error| Counts::failure(format!("{error:#}"))));
    Ok(())
}

/// A few rounds on each engine; `cargo xtask kill-rounds` does many.
fn short_kill_rounds(program: &Path, without_postgres: bool) -> Result<Counts> {
    let mut counts = Counts::default();
    kill_rounds::short(program, kill_rounds::Engine::Sqlite)?;
    counts.passed += 1;
    if without_postgres {
        counts.skipped += 1;
        counts.notes.push("on PostgreSQL left out, as asked".to_owned());
    } else {
        kill_rounds::short(program, kill_rounds::Engine::Postgres)?;
        counts.passed += 1;
    }
    Ok(counts)
}

fn format() -> Result<Counts> {
    start(cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Counts::one(true))
}

fn tidy_checks() -> Result<Counts> {
    let outcome = tidy::check(&paths::root())?;
    Ok(Counts { passed: outcome.passed, failed: outcome.failed, ..Counts::default() })
}

fn clippy() -> Result<Counts> {
    start(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "app/ssr",
        "--",
        "-D",
        "warnings",
    ]))?;
    Ok(Counts::one(true))
}
