//! `cargo xtask load`: twenty researchers write at once on SQLite while others publish; how long a save takes, and whether
//! one is lost.

use std::{
    fs,
    path::PathBuf,
    process::Stdio,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    bench, build,
    kill_rounds::{Acknowledged, faults},
    live::{Browser, Copy, Server, Team},
    paths,
    terminal::{interrupted, program, say, step},
};

const PASSWORD: &str = "heron lamp violet 27";
/// What a save may take, all but the slowest of a hundred.
const TARGET: Duration = Duration::from_millis(250);

#[derive(Args)]
pub(crate) struct Options {
    /// Researchers who write at once
    #[arg(long, default_value_t = 20)]
    researchers: u32,
    /// For how long
    #[arg(long, default_value_t = 120)]
    seconds: u64,
    /// A program that is built already
    #[arg(long)]
    program: Option<PathBuf>,
    /// Leaves docs/benchmarks.md as it is
    #[arg(long)]
    no_write: bool,
}

/// What came of it.
#[derive(Default)]
struct Seen {
    saves: Vec<Duration>,
    published: usize,
    errors: Vec<String>,
    acknowledged: Acknowledged,
}

/// Lets them write, and writes the result into docs/benchmarks.md.
pub(crate) fn run(options: &Options) -> Result<()> {
    let program = match &options.program {
        Some(path) => path.clone(),
        None => build::program(true)?.path,
    };
    let folder = paths::work().join(format!("load-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let copy = Copy { program, data: folder.join("data"), database: None };
    let mut server = Server::start_with(&copy.program, &copy.data, &[], &["--demo"])?;
    let team = Team::sign_in(&server)?;
    let researchers = step("members", || {
        (0..options.researchers).map(|n| researcher(&copy, &server, n)).collect::<Result<Vec<_>>>()
    })?;
    let busy = busy();
    let seen = Mutex::new(Seen::default());
    step("writing", || {
        let ends = Instant::now() + Duration::from_secs(options.seconds);
        std::thread::scope(|scope| {
            for (n, researcher) in (0..).zip(&researchers) {
                let seen = &seen;
                scope.spawn(move || note(seen, writes(researcher, n, ends, seen)));
            }
            scope.spawn(|| note(&seen, publishes(&team, ends, &seen)));
        });
        Ok(())
    })?;
    let mut seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    let lost = faults(&copy.dump()?, &seen.acknowledged, &copy.files()?);
    server.stop()?;
    fs::remove_dir_all(&folder)?;
    if interrupted() {
        bail!("interrupted");
    }
    seen.saves.sort_unstable();
    let at = |share: f64| -> Result<Duration> {
        let place = (seen.saves.len() as f64 * share) as usize;
        seen.saves.get(place.min(seen.saves.len().saturating_sub(1))).copied().context("nothing was saved")
    };
    let (median, p99, slowest) = (at(0.5)?, at(0.99)?, at(1.0)?);
    let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let met = if p99 < TARGET && seen.errors.is_empty() && lost.is_empty() { "met" } else { "missed" };
    let table = format!(
        "| saves | errors | acknowledged and lost | median | p99 | slowest | published meanwhile | |\n\
         |---|---|---|---|---|---|---|---|\n| {} | {} | {} | {} | {} (target: under {}) | {} | {} | {met} |\n",
        seen.saves.len(),
        seen.errors.len(),
        lost.len(),
        milliseconds(median),
        milliseconds(p99),
        milliseconds(TARGET),
        milliseconds(slowest),
        seen.published,
    );
    print!("{table}");
    for fault in seen.errors.iter().chain(&lost).take(20) {
        say(fault);
    }
    if !options.no_write {
        let body = format!(
            "{table}\n`cargo xtask load`, release build, SQLite. {}\n\n\
             {} researchers save a form of 2 kB every two seconds for {} seconds, each in a case of their own, while cases are entered, \
             verified and published one after the other. A save counts from sending it to having its answer; afterwards a backup \
             is compared with everything that was acknowledged. Before it began, {busy} programs wanted a core.",
            bench::machine(),
            options.researchers,
            options.seconds,
        );
        bench::put_section("Twenty researchers at once", &body)?;
    }
    if !lost.is_empty() || !seen.errors.is_empty() {
        bail!("{} errors, {} lost", seen.errors.len(), lost.len());
    }
    Ok(())
}

/// How many programs wanted a core in the last minute, ours not among them.
fn busy() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("nobody knows how many").to_owned()
}

/// Adds a researcher and signs them in.
fn researcher(copy: &Copy, server: &Server, n: u32) -> Result<Browser> {
    let email = format!("researcher-{n}@example.org");
    let mut command = program(&copy.program);
    command.args(["member", "add", "--organisation", "trial", "--role", "researcher", "--password-stdin"]);
    command.args(["--email", &email, "--data"]).arg(&copy.data);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    std::io::Write::write_all(&mut child.stdin.take().context("its input")?, PASSWORD.as_bytes())?;
    if !child.wait()?.success() {
        bail!("{email} could not be added");
    }
    Browser::sign_in(&server.url(""), &email, PASSWORD)
}

/// Saves every two seconds, not all at the same moment.
fn writes(browser: &Browser, n: u32, ends: Instant, seen: &Mutex<Seen>) -> Result<()> {
    let id = browser.new_case()?;
    let mut next = Instant::now() + Duration::from_millis(u64::from(n) * 97);
    let mut revision = 1;
    for save in 1.. {
        if next >= ends || interrupted() {
            break;
        }
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        next += Duration::from_secs(2);
        let mark = format!("researcher {n} save {save}");
        let narrative =
            format!("{mark}. {}", "A made-up court of this test had a messenger blocked. ".repeat(35));
        let begun = Instant::now();
        revision = browser.autosave(&id, revision, &[("title", &mark), ("narrative", &narrative)])?;
        let took = begun.elapsed();
        with(seen, |seen| {
            seen.saves.push(took);
            seen.acknowledged.saved(&id, &mark);
        });
    }
    Ok(())
}

/// One case after the other, to the public.
fn publishes(team: &Team, ends: Instant, seen: &Mutex<Seen>) -> Result<()> {
    for number in 0.. {
        if Instant::now() >= ends || interrupted() {
            break;
        }
        team.publish_one(number, |id, step| with(seen, |seen| seen.acknowledged.came_to(id, step)))?;
        with(seen, |seen| seen.published += 1);
    }
    Ok(())
}

fn note(seen: &Mutex<Seen>, outcome: Result<()>) {
    if let Err(error) = outcome {
        with(seen, |seen| seen.errors.push(format!("{error:#}")));
    }
}

fn with(seen: &Mutex<Seen>, act: impl FnOnce(&mut Seen)) {
    act(&mut seen.lock().unwrap_or_else(PoisonError::into_inner));
}
