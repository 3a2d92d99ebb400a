//! `cargo xtask bench`: the numbers that the project holds itself to.
//!
//! Ratios within one run and medians of five alternating runs, because machines differ and a machine differs from
//! itself. A number that misses its target is printed as such; it is never a failure. The result is
//! `docs/benchmarks.md`, with how to repeat it.

mod nginx;
mod paper;
mod wrk;

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    build,
    live::Server,
    packages, paths,
    terminal::{has, interrupted, say, step},
    test::free_port,
};
use nginx::Nginx;
use paper::{Measurement, Target};

pub(crate) use paper::{machine, put_section};

/// How often each thing is measured.
const RUNS: usize = 5;
/// The page that stands for all.
const PAGE: &str = "/countries/bra";

#[derive(Args)]
pub(crate) struct Options {
    /// Seconds of each run
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Connections at once
    #[arg(long, default_value_t = 16)]
    connections: u32,
}

/// Measures everything and writes docs/benchmarks.md.
pub(crate) fn run(options: &Options) -> Result<()> {
    if !has("wrk") || !Path::new(nginx::PROGRAM).is_file() {
        packages::ensure("wrk and nginx, to measure with and against", &["wrk", "nginx-light"])?;
    }
    let program = build::program(true)?.path;
    let folder = paths::work().join("bench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let mut measurements = Vec::new();
    measurements.extend(step("starting", || starts(&program, &folder))?);
    measurements.extend(step("cached, against nginx", || cached(&program, &folder, options))?);
    measurements.push(step("uncached", || uncached(&program, &folder, options))?);
    for measurement in &measurements {
        println!("{}", measurement.line());
    }
    paper::write(&measurements, options.seconds, options.connections)?;
    fs::remove_dir_all(&folder)?;
    println!("written to docs/benchmarks.md");
    Ok(())
}

/// Time to the first answer on an empty data folder, and on one that is there; memory after reading around.
fn starts(program: &Path, folder: &Path) -> Result<Vec<Measurement>> {
    let data = folder.join("data");
    let mut server = Server::start(program, &data, &[])?;
    let first = server.ready_in;
    for page in ["/", "/countries", PAGE, "/treaties", "/incidents", "/indicators", "/changes"] {
        server.get(page)?;
    }
    let memory = server.memory_in_mb()?;
    server.stop()?;
    let mut later = Vec::new();
    for _ in 0..RUNS {
        let mut server = Server::start(program, &data, &[])?;
        later.push(server.ready_in.as_secs_f64());
        server.stop()?;
    }
    Ok(vec![
        Measurement::new(
            "ready, first start (starter record loaded)",
            "s",
            Target::AtMost(5.0),
            first.as_secs_f64(),
        ),
        Measurement::new("ready, later starts (median)", "s", Target::AtMost(1.0), median(later)?),
        Measurement::new("memory after reading the main pages", "MB", Target::AtMost(100.0), memory),
    ])
}

/// Requests per second of the cached page, and of nginx with the same bytes in a file, in turns.
fn cached(program: &Path, folder: &Path, options: &Options) -> Result<Vec<Measurement>> {
    let mut server = Server::start(program, &folder.join("data"), &[])?;
    let bytes = server.get(PAGE)?;
    let nginx = Nginx::start(&bytes, free_port()?)?;
    if nginx.get()? != bytes {
        bail!("nginx does not serve the same bytes");
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 1..=RUNS {
        ours.push(wrk::load(&server.url(PAGE), options.connections, options.seconds)?.requests_per_second);
        theirs.push(wrk::load(&nginx.url(), options.connections, options.seconds)?.requests_per_second);
        say(format!("run {run}: {:.0} and {:.0} requests/s", ours[run - 1], theirs[run - 1]));
        if interrupted() {
            bail!("interrupted");
        }
    }
    server.stop()?;
    // Of two runs that follow each other, because the machine's own load drifts.
    let share = median(ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect())?;
    let (ours, theirs) = (median(ours)?, median(theirs)?);
    Ok(vec![
        Measurement::new("country page, size uncompressed", "kB", Target::None, bytes.len() as f64 / 1000.0),
        Measurement::new("country page, cached", "requests/s", Target::None, ours),
        Measurement::new("nginx, the same bytes from a file", "requests/s", Target::None, theirs),
        Measurement::new("country page, cached, as a share of nginx", "", Target::AtLeast(0.75), share),
    ])
}

/// Latency of the page when nothing is cached, one request at a time.
fn uncached(program: &Path, folder: &Path, options: &Options) -> Result<Measurement> {
    let mut server = Server::start(program, &folder.join("data"), &[("TREATYWATCH_CACHE", "0")])?;
    server.get(PAGE)?;
    let mut latencies = Vec::new();
    for _ in 0..RUNS {
        latencies.push(wrk::load(&server.url(PAGE), 1, options.seconds)?.median_latency);
    }
    server.stop()?;
    let milliseconds = latencies.iter().map(Duration::as_secs_f64).map(|seconds| seconds * 1000.0).collect();
    Ok(Measurement::new("country page, uncached (median)", "ms", Target::AtMost(10.0), median(milliseconds)?))
}

/// The middle one.
fn median(mut values: Vec<f64>) -> Result<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().context("nothing was measured")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_one_bad_run() {
        assert_eq!(median(vec![3.0, 1.0, 900.0, 2.0, 4.0]).expect("five values"), 3.0);
        assert!(median(Vec::new()).is_err());
    }
}
