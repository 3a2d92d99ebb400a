//! `cargo xtask kill-rounds`: the program is killed (SIGKILL) at random moments while people type, publish and add files and
//! the sealing key is exchanged, and started again; everything that it acknowledged has to be there, and nothing half of it.
//!
//! PostgreSQL itself is not killed: what is tried is our program, not theirs. Nor is the power cut, which no program can do:
//! that each acknowledged write waits for the disk is held by the store's own tests.

mod check;
mod people;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::{
    bench, build,
    dist::sha256,
    live::{Copy, Dump, Server, Team},
    paths,
    terminal::{interrupted, say, step},
    test::Cluster,
};
pub(crate) use check::{Acknowledged, faults};

/// Rounds on one copy, before the next begins with an empty folder: each round reads all that was kept before.
const ROUNDS_OF_A_COPY: u32 = 10;

#[derive(Args)]
pub(crate) struct Options {
    /// Rounds on each engine
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// On which engine
    #[arg(long, value_enum, default_value = "both")]
    engine: Engines,
    /// Takes the same moments again; each run prints its own
    #[arg(long)]
    seed: Option<u64>,
    /// A program that is built already
    #[arg(long)]
    program: Option<PathBuf>,
    /// Writes the result into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engines {
    Sqlite,
    Postgres,
    Both,
}

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// What was done in all rounds.
#[derive(Default)]
struct Tally {
    rounds: u32,
    saves: usize,
    steps: usize,
    files: usize,
    swept: usize,
}

/// Does the rounds that were asked for.
pub(crate) fn run(options: &Options) -> Result<()> {
    let program = match &options.program {
        Some(path) => path.clone(),
        None => build::program(true)?.path,
    };
    let seed = options.seed.unwrap_or_else(|| fastrand::u64(..));
    let mut lines = String::new();
    for (engine, asked, name) in
        [(Engine::Sqlite, Engines::Sqlite, "SQLite"), (Engine::Postgres, Engines::Postgres, "PostgreSQL")]
    {
        if options.engine != Engines::Both && options.engine != asked {
            continue;
        }
        let tally = rounds(&program, engine, options.rounds, seed)?;
        let Tally { rounds, saves, steps, files, swept } = tally;
        let line = format!("| {name} | {rounds} | {saves} | {steps} | {files} | {swept} | none |\n");
        print!("{line}");
        lines += &line;
    }
    if options.write {
        let body = format!(
            "| engine | rounds | saves acknowledged | steps of cases acknowledged | files acknowledged | files without a row, swept | \
             lost or half done |\n|---|---|---|---|---|---|---|\n{lines}\n\
             `cargo xtask kill-rounds --rounds {} --seed {seed}`, release build. {}\n\n\
             In each round two researchers type, one case after another is entered, verified and published, and files of up to 6 MB \
             are added, while the sealing key is exchanged again and again, until both programs are killed (SIGKILL) at a random moment. After the next start a backup is read and compared with \
             everything that was ever acknowledged, the audit log is verified, each file is read back and its SHA-256 compared, and files \
             that no row stands for are swept away. `cargo xtask test` does a few rounds each time.",
            options.rounds,
            bench::machine()
        );
        bench::put_section("Killed at random moments", &body)?;
    }
    Ok(())
}

/// A few rounds, for the tests.
pub(crate) fn short(program: &Path, engine: Engine) -> Result<()> {
    rounds(program, engine, 5, fastrand::u64(..)).map(drop)
}

fn rounds(program: &Path, engine: Engine, rounds: u32, seed: u64) -> Result<Tally> {
    let folder = paths::work().join(format!("kill-rounds-{}", std::process::id()));
    let name = format!("{rounds} rounds on {engine:?}, seed {seed}");
    let mut tally = Tally::default();
    step(&name, || {
        let cluster = if engine == Engine::Postgres { Some(Cluster::start()?) } else { None };
        let mut random = fastrand::Rng::with_seed(seed);
        while tally.rounds < rounds {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder)?;
            let database = format!("killed_{}", tally.rounds);
            let database = cluster.as_ref().map(|cluster| cluster.new_database(&database)).transpose()?;
            let copy = Copy { program: program.to_owned(), data: folder.join("data"), database };
            let most = rounds.min(tally.rounds + ROUNDS_OF_A_COPY);
            on_one_copy(&copy, &mut random, &mut tally, most).with_context(|| {
                format!("round {} (what is left lies in {})", tally.rounds, folder.display())
            })?;
        }
        Ok(())
    })?;
    fs::remove_dir_all(&folder)?;
    Ok(tally)
}

fn on_one_copy(copy: &Copy, random: &mut fastrand::Rng, tally: &mut Tally, most: u32) -> Result<()> {
    let mut server = Server::start_with(&copy.program, &copy.data, &copy.settings(), &["--demo"])?;
    let team = Team::sign_in(&server)?;
    let mut acknowledged = Acknowledged::default();
    while tally.rounds < most {
        tally.rounds += 1;
        let moment = Duration::from_millis(random.u64(30..1500));
        let before = (acknowledged.saves, acknowledged.count_steps(), acknowledged.files.len());
        acknowledged = until_killed(copy, &mut server, &team, acknowledged, tally.rounds, moment)?;
        copy.age_files()?;
        let left = copy.files()?.len();
        server = Server::start(&copy.program, &copy.data, &copy.settings())?;
        let dump = copy.dump()?;
        let files = copy.files()?;
        let mut found = faults(&dump, &acknowledged, &files);
        found.extend(unreadable(&team.at(&server), &dump, &acknowledged, before.2));
        copy.command(&["audit", "verify"])?;
        if !found.is_empty() {
            bail!("killed after {moment:?}:\n{}", found.join("\n"));
        }
        tally.saves += acknowledged.saves - before.0;
        tally.steps += acknowledged.count_steps() - before.1;
        tally.files += acknowledged.files.len() - before.2;
        tally.swept += left - files.len();
        if tally.rounds.is_multiple_of(20) {
            say(format!("{} rounds: {} saves, {} files", tally.rounds, tally.saves, tally.files));
        }
        if interrupted() {
            bail!("interrupted");
        }
    }
    server.kill()
}

/// People work until the program is killed.
fn until_killed(
    copy: &Copy,
    server: &mut Server,
    team: &Team,
    acknowledged: Acknowledged,
    round: u32,
    moment: Duration,
) -> Result<Acknowledged> {
    let team = team.at(server);
    let kept = std::sync::Mutex::new(acknowledged);
    let killed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let works: Vec<people::Work> = vec![
            Box::new(|| people::types(&team.researcher, &kept, round, 1)),
            Box::new(|| people::types(&team.researcher, &kept, round, 2)),
            Box::new(|| people::publishes(&team, &kept, round)),
            Box::new(|| people::adds_files(&team.researcher, &kept, round)),
        ];
        let (begun, killed) = (Instant::now(), &killed);
        let people: Vec<_> = works
            .into_iter()
            .map(|work| {
                scope.spawn(move || {
                    let Err(error) = work();
                    // Nothing else ends it: after the kill no request is answered, and before it each has to be.
                    if killed.load(Ordering::SeqCst) && error.downcast_ref::<ureq::Error>().is_some() {
                        Ok(())
                    } else {
                        Err(error)
                    }
                })
            })
            .collect();
        let exchange = scope.spawn(|| people::exchanges_keys(copy, killed));
        std::thread::sleep(moment.saturating_sub(begun.elapsed()));
        killed.store(true, Ordering::SeqCst);
        server.kill()?;
        exchange.join().map_err(|_| anyhow::anyhow!("the exchange broke off"))??;
        for person in people {
            person.join().map_err(|_| anyhow::anyhow!("somebody broke off"))??;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(kept.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// What is wrong with the bytes of the files that were added in this round.
fn unreadable(team: &Team, dump: &Dump, acknowledged: &Acknowledged, from: usize) -> Vec<String> {
    let read = |file: &check::AddedFile| -> Result<()> {
        let row = dump.rows("desk_evidence").iter().find(|row| row["name"] == file.name.as_str());
        let id = row.and_then(|row| row["id"].as_str()).context("it has no row")?;
        let bytes = team.first.original(&file.case, id)?;
        if sha256(&bytes) != file.sha256 {
            bail!("other bytes than were sent");
        }
        Ok(())
    };
    let added = &acknowledged.files[from..];
    added
        .iter()
        .filter_map(|file| read(file).err().map(|error| format!("{}: {error:#}", file.name)))
        .collect()
}
