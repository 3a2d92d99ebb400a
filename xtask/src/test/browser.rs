//! The browser tests: Playwright drives a real Chromium against a server that it starts itself.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{counts::Counts, postgres::free_port};
use crate::{
    dist::hash,
    packages, paths,
    terminal::{capture, has, program, run as start, say},
};

/// What Playwright needs.
const OLDEST_NODE: u32 = 20;
/// What it gets where that is not there.
const NEWER_NODE: &str = "22.23.3";

/// Runs all of them.
pub(crate) fn run(server: &Path) -> Result<Counts> {
    let chromium = find_chromium()?;
    install()?;
    let node = find_node()?;
    let folder = paths::root().join("end2end");
    capture(script(&node, "typescript/bin/tsc").arg("--noEmit").current_dir(&folder))
        .context("the tests' types")?;
    let results = paths::work().join("browser.json");
    let _ = fs::remove_file(&results);
    let mut playwright = script(&node, "@playwright/test/cli.js");
    playwright
        .arg("test")
        .current_dir(&folder)
        .env("TREATYWATCH_PROGRAM", server)
        .env("TREATYWATCH_PORT", free_port()?.to_string())
        .env("TREATYWATCH_RESULTS", &results)
        .env("CHROMIUM", chromium);
    let outcome = start(&mut playwright);
    let text = fs::read_to_string(&results).or_else(|_| {
        outcome?;
        bail!("Playwright wrote no results")
    })?;
    read(&serde_json::from_str(&text)?)
}

/// A Chromium of the system's: Playwright's own download is not needed.
pub(crate) fn find_chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let find = || {
        let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        known.into_iter().map(PathBuf::from).find(|path| path.is_file())
    };
    if find().is_none() {
        packages::ensure(
            "Chromium (or leave it out with --without browser)",
            &["chromium", "fonts-noto-core"],
        )?;
    }
    find().context("Chromium is installed, but not where Debian puts it")
}

fn install() -> Result<()> {
    if !has("node") || !has("npm") {
        packages::ensure("Node (or leave it out with --without browser)", &["nodejs", "npm"])?;
    }
    let folder = paths::root().join("end2end");
    let lock = hash(&fs::read(folder.join("package-lock.json")).context("end2end/package-lock.json")?);
    let done = folder.join("node_modules/.treatywatch");
    if fs::read_to_string(&done).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    say("npm ci");
    let mut npm = program("npm");
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    capture(&mut npm)?;
    fs::write(done, lock).context("end2end/node_modules")
}

/// The system's Node, or a newer one from npm where the system's is too old for Playwright, as in Debian 12.
fn find_node() -> Result<PathBuf> {
    let version = capture(program("node").arg("--version"))?;
    if major(&version).is_some_and(|major| major >= OLDEST_NODE) {
        return Ok("node".into());
    }
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => {
            bail!("Node is {}, at least {OLDEST_NODE} is needed; npm has none for {other}", version.trim())
        }
    };
    let (folder, name) = (paths::work().join("node-newer"), format!("node-linux-{architecture}"));
    let node = folder.join("node_modules").join(&name).join("bin/node");
    if !node.is_file() {
        say(format!("Node is {}: getting {NEWER_NODE} from npm, for these tests only", version.trim()));
        fs::create_dir_all(&folder)?;
        let mut npm = program("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"])
            .arg(&folder);
        capture(npm.arg(format!("{name}@{NEWER_NODE}")))?;
    }
    Ok(node)
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn script(node: &Path, name: &str) -> Command {
    let mut command = program(node);
    command.arg(paths::root().join("end2end/node_modules").join(name));
    command
}

/// Playwright's own counts; a test that passed only at the second try counts as failed.
fn read(results: &Value) -> Result<Counts> {
    let stat = |name: &str| results["stats"][name].as_u64().and_then(|number| usize::try_from(number).ok());
    let count = |name: &str| stat(name).with_context(|| format!("Playwright's results without `{name}`"));
    let errors: Vec<String> = results["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|error| error["message"].as_str())
        .map(|message| message.lines().next().unwrap_or_default().to_owned())
        .collect();
    let mut counts = Counts {
        passed: count("expected")?,
        failed: count("unexpected")? + count("flaky")? + errors.len(),
        skipped: count("skipped")?,
        notes: errors,
    };
    if counts.passed == 0 && counts.failed == 0 {
        counts = Counts::failure("no browser test was run".into());
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_flaky_test_and_an_error_outside_the_tests_count_as_failed() {
        let stats = json!({ "expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2 });
        let results = json!({ "stats": stats, "errors": [{ "message": "the server did not start\nlog" }] });
        let counts = read(&results).expect("read");
        assert_eq!((counts.passed, counts.failed, counts.skipped), (7, 3, 2));
        assert_eq!(counts.notes, ["the server did not start"]);
    }

    #[test]
    fn node_says_its_version() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn no_test_at_all_is_a_failure() {
        let stats = json!({ "expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0 });
        assert_eq!(read(&json!({ "stats": stats, "errors": [] })).expect("read").failed, 1);
    }
}
