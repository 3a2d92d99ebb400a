//! `cargo xtask tidy`: the invariants of ARCHITECTURE.md that a compiler does not hold.
//!
//! Each check takes the top of a tree and returns what is wrong with it, one line per fault, so that it can be tested
//! on a small tree of its own.

mod arrows;
pub(crate) mod files;
mod source;
mod text_keys;
mod tree;

use std::path::Path;

use anyhow::{Result, bail};

use crate::{paths, terminal::say};

/// A check: what it holds, and how.
struct Check {
    name: &'static str,
    faults: fn(&Path) -> Result<Vec<String>>,
}

const CHECKS: [Check; 8] = [
    Check { name: "arrows between crates go one way", faults: arrows::faults },
    Check { name: "no file is longer than can be read in one sitting", faults: source::long_files },
    Check {
        name: "SQL is put together at run time in one file of the store at most",
        faults: source::unchecked_sql,
    },
    Check { name: "the record's code names no table of the desk", faults: source::desk_tables_in_record },
    Check {
        name: "every sentence that code asks for is in the English catalogue",
        faults: text_keys::faults,
    },
    Check { name: "no address of a package registry", faults: tree::registry_hosts },
    Check { name: "every data file has its licence or README beside it", faults: tree::unlicensed_data },
    Check { name: "wasm-bindgen has one version", faults: tree::bindgen_versions },
];

/// How many checks held and failed.
pub(crate) struct Outcome {
    /// Held.
    pub(crate) passed: usize,
    /// Did not hold.
    pub(crate) failed: usize,
}

/// Runs all checks and fails if one does not hold.
pub(crate) fn run() -> Result<()> {
    let outcome = check(&paths::root())?;
    println!("tidy: {} checks passed, {} failed", outcome.passed, outcome.failed);
    if outcome.failed > 0 {
        bail!("the tree is not tidy");
    }
    Ok(())
}

/// Runs all checks and says what is wrong.
pub(crate) fn check(root: &Path) -> Result<Outcome> {
    let mut outcome = Outcome { passed: 0, failed: 0 };
    for check in &CHECKS {
        let faults = (check.faults)(root)?;
        if faults.is_empty() {
            outcome.passed += 1;
            continue;
        }
        outcome.failed += 1;
        say(format!("not so: {}", check.name));
        for fault in faults {
            say(format!("  {fault}"));
        }
    }
    Ok(outcome)
}

/// A small tree for the tests of the checks.
#[cfg(test)]
pub(crate) fn fixture(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, content).expect("written");
    }
    folder
}
