//! The tests that cargo runs: unit, property, store and HTTP tests.
//!
//! Always `cargo test`, so that it is the same on every machine. The reader sees what failed and what did not run; the
//! whole output is kept in target/xtask/tests.log.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use anyhow::{Context, Result};

use super::counts::Counts;
use crate::{
    paths,
    terminal::{cargo, say, spawn, wait},
};

/// Runs them, on PostgreSQL as well if there is a server to run them on.
pub(crate) fn run(postgres: Option<&str>) -> Result<Counts> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--features", "app/ssr", "--no-fail-fast", "--", "--show-output"]);
    match postgres {
        Some(address) => command.env("TREATYWATCH_TEST_POSTGRES", address),
        None => command.env_remove("TREATYWATCH_TEST_POSTGRES"),
    };
    fs::create_dir_all(paths::work())?;
    let mut log = File::create(paths::work().join("tests.log"))?;
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    let mut reader = Reader::default();
    for line in BufReader::new(child.stdout.take().context("the tests' output")?).lines() {
        let line = line?;
        writeln!(log, "{line}")?;
        if reader.read(&line) {
            println!("{line}");
        }
    }
    let status = wait(&mut child)?;
    let mut counts = reader.counts;
    if !status.success() && counts.failed == 0 {
        counts.failed = 1;
        counts.notes.push(format!("cargo test ended with {status}"));
    }
    if counts.passed == 0 && counts.failed == 0 {
        counts = Counts::failure("no test was run".into());
    }
    say("the whole output is in target/xtask/tests.log");
    Ok(counts)
}

/// Reads the output of the test programs line by line.
#[derive(Default)]
struct Reader {
    counts: Counts,
    in_successes: bool,
}

impl Reader {
    /// Takes note of a line and says whether to show it.
    fn read(&mut self, line: &str) -> bool {
        if let Some(rest) = line.strip_prefix("test result: ") {
            self.in_successes = false;
            self.counts.passed += number_before(rest, " passed");
            self.counts.failed += number_before(rest, " failed");
            self.counts.skipped += number_before(rest, " ignored");
            return number_before(rest, " failed") > 0;
        }
        if line == "successes:" || line == "failures:" {
            self.in_successes = line == "successes:";
            return !self.in_successes;
        }
        // Said by a test that needs a file which is not there.
        if let Some(note) = line.trim().strip_prefix("not run: ") {
            let note = format!("not run: {note}");
            if self.in_successes && !self.counts.notes.contains(&note) {
                self.counts.notes.push(note);
                // It returned early, and so was counted as passed.
                self.counts.skipped += 1;
            }
            return false;
        }
        let quiet = line.is_empty()
            || line.starts_with("running ")
            || (line.starts_with("test ") && line.ends_with("ok"));
        !self.in_successes && !quiet
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
running 3 tests
test a::works ... ok
test b::reads_the_publishers_file ... ok
test c::fails ... FAILED

successes:

---- b::reads_the_publishers_file stdout ----
not run: b::reads_the_publishers_file: ../shared/data is not there


successes:
    a::works
    b::reads_the_publishers_file

failures:

---- c::fails stdout ----
assertion failed

failures:
    c::fails

test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 0 filtered out; finished in 0.01s
running 1 test
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn the_counts_are_summed_and_what_did_not_run_is_named() {
        let mut reader = Reader::default();
        let shown: Vec<&str> = OUTPUT.lines().filter(|line| reader.read(line)).collect();
        let Counts { passed, failed, skipped, notes } = reader.counts;
        assert_eq!((passed, failed, skipped), (3, 1, 5));
        assert_eq!(notes, ["not run: b::reads_the_publishers_file: ../shared/data is not there"]);
        assert!(shown.contains(&"assertion failed") && shown.contains(&"test c::fails ... FAILED"));
        assert!(!shown.iter().any(|line| line.contains("works")), "{shown:?}");
    }
}
