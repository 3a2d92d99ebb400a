//! What was measured, on paper.

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf};

use anyhow::{Context, Result};

use super::{PAGE, RUNS};
use crate::{
    paths,
    terminal::{capture, program},
};

/// What a number is held against.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    AtLeast(f64),
    AtMost(f64),
    None,
}

/// One number.
pub(super) struct Measurement {
    name: &'static str,
    unit: &'static str,
    target: Target,
    value: f64,
}

impl Measurement {
    pub(super) fn new(name: &'static str, unit: &'static str, target: Target, value: f64) -> Self {
        Self { name, unit, target, value }
    }

    /// For the terminal.
    pub(super) fn line(&self) -> String {
        let miss = if self.outcome() == "missed" { "  MISSED" } else { "" };
        format!("{}: {}{miss}", self.name, self.number(self.value))
    }

    fn outcome(&self) -> &'static str {
        match self.target {
            Target::AtLeast(least) if self.value < least => "missed",
            Target::AtMost(most) if self.value > most => "missed",
            Target::None => "",
            _ => "met",
        }
    }

    fn number(&self, value: f64) -> String {
        let digits = if value < 10.0 { 2 } else { 0 };
        format!("{value:.digits$} {}", self.unit).trim_end().to_owned()
    }

    fn row(&self) -> String {
        let target = match self.target {
            Target::AtLeast(least) => format!("at least {}", self.number(least)),
            Target::AtMost(most) => format!("at most {}", self.number(most)),
            Target::None => String::new(),
        };
        format!("| {} | {} | {target} | {} |", self.name, self.number(self.value), self.outcome())
    }
}

/// Where the sections that other commands write begin.
const OTHERS: &str = "\n<!-- of other commands -->\n";
const SECTION: &str = "\n## ";

/// The whole page, with the sections of other commands as they are.
pub(super) fn write(measurements: &[Measurement], seconds: u64, connections: u32) -> Result<()> {
    let others = read()?.split_once(OTHERS).map(|(_, others)| others.to_owned()).unwrap_or_default();
    let own = own(measurements, seconds, connections)?;
    Ok(fs::write(path(), format!("{own}{OTHERS}{others}"))?)
}

/// Puts a section of another command into the page, in place of the one before.
pub(crate) fn put_section(title: &str, body: &str) -> Result<()> {
    Ok(fs::write(path(), with_section(&read()?, title, body))?)
}

fn with_section(page: &str, title: &str, body: &str) -> String {
    let (own, others) = page.split_once(OTHERS).unwrap_or((page, ""));
    let mut sections: BTreeMap<&str, &str> = others
        .split(SECTION)
        .filter_map(|section| section.split_once("\n\n"))
        .map(|(title, body)| (title, body.trim_end()))
        .collect();
    sections.insert(title, body.trim_end());
    let others: String =
        sections.iter().map(|(title, body)| format!("{SECTION}{title}\n\n{body}\n")).collect();
    format!("{}\n{OTHERS}{others}", own.trim_end())
}

fn path() -> PathBuf {
    paths::root().join("docs/benchmarks.md")
}

fn read() -> Result<String> {
    fs::read_to_string(path()).with_context(|| path().display().to_string())
}

/// What `cargo xtask bench` itself has measured.
fn own(measurements: &[Measurement], seconds: u64, connections: u32) -> Result<String> {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`, `load` and `kill-rounds --write`; do not edit by hand.\n\n",
    );
    text.push_str("| what | measured | target | |\n|---|---|---|---|\n");
    for measurement in measurements {
        writeln!(text, "{}", measurement.row())?;
    }
    writeln!(text, "\n## The machine\n\n{}", machine())?;
    write!(
        text,
        "\n## How to repeat it\n\n\
         `cargo xtask bench` builds the program in release mode, starts it on an empty data folder with the starter \
         record, and measures on the loopback interface; on Debian as root it installs `wrk` and nginx if they are \
         missing. Numbers of one machine say little about another; ratios say more.\n\n\
         - Starts: from the program's start to its line \"ready\"; the first on an empty folder, then {RUNS} later ones.\n\
         - Memory: the resident set after the main pages were read once.\n\
         - Cached: `{PAGE}`, uncompressed; `wrk -t 1 -c {connections} -d {seconds}s` against the program and against nginx \
         (a worker per core, no log, the file kept open) with the very same bytes in a file, in turns, {RUNS} times each; \
         medians; the share is the median of the {RUNS} shares.\n\
         - Uncached: the same page with `TREATYWATCH_CACHE=0`, one connection, the median latency, the median of {RUNS} runs.\n\n\
         The page's weight on the wire (at most 60 kB with everything, no script) is held by a browser test.\n"
    )?;
    Ok(text)
}

/// This machine, in a line.
pub(crate) fn machine() -> String {
    let said = |name: &str, arguments: &[&str]| {
        capture(program(name).args(arguments))
            .map_or_else(|_| "not known".into(), |text| text.trim().to_owned())
    };
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("not known");
    let cores = information.lines().filter(|line| line.starts_with("processor")).count();
    format!(
        "{} cores ({}), {}, {}, {}; measured on {}.",
        cores,
        model.trim_start_matches([' ', '\t', ':']).trim(),
        said("uname", &["-srm"]),
        said("rustc", &["--version"]),
        nginx_version(),
        said("date", &["-u", "+%Y-%m-%d"]),
    )
}

/// It says its version where others say their errors.
fn nginx_version() -> String {
    let output = program(super::nginx::PROGRAM).arg("-v").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stderr).trim().to_owned());
    text.ok().and_then(|text| text.rsplit(": ").next().map(str::to_owned)).unwrap_or_else(|| "nginx".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_is_said() {
        let slow = Measurement::new("ready", "s", Target::AtMost(1.0), 1.5);
        assert_eq!(slow.line(), "ready: 1.50 s  MISSED");
        assert_eq!(slow.row(), "| ready | 1.50 s | at most 1.00 s | missed |");
        let share = Measurement::new("share", "", Target::AtLeast(0.75), 0.8);
        assert_eq!(share.row(), "| share | 0.80 | at least 0.75 | met |");
    }

    #[test]
    fn a_section_is_put_in_place_of_the_one_before_and_the_others_stay() {
        let page = with_section("# Page\n\nOwn.\n", "Load", "first");
        let page = with_section(&page, "Kills", "none");
        let page = with_section(&page, "Load", "second\n\nwith two parts");
        assert_eq!(
            page,
            format!("# Page\n\nOwn.\n{OTHERS}\n## Kills\n\nnone\n\n## Load\n\nsecond\n\nwith two parts\n")
        );
    }
}
