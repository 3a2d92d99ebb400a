//! `cargo xtask build`: the program, one file with its assets inside.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    dist,
    terminal::{cargo, step},
    wasm::{self, cargo_messages, is_artifact_of},
};

/// Builds and prints the program's path as the last line.
pub(crate) fn run(release: bool) -> Result<()> {
    println!("{}", program(release)?.path.display());
    Ok(())
}

/// What was built.
pub(crate) struct Program {
    /// Where the program is.
    pub(crate) path: PathBuf,
    /// Compiler warnings for the module's code; the server's are clippy's matter.
    pub(crate) module_warnings: usize,
}

/// Builds assets and program.
pub(crate) fn program(release: bool) -> Result<Program> {
    let module = dist::build()?;
    let (path, library) = step(if release { "server, release" } else { "server" }, || server(release))?;
    step("islands have the same names on both sides", || wasm::compare_islands(&module.islands, &library))?;
    Ok(Program { path, module_warnings: module.warnings })
}

/// The program and the library of `app` that is in it.
fn server(release: bool) -> Result<(PathBuf, PathBuf)> {
    let mut command = cargo();
    command.args(["build", "--package", "server", "--bin", "treatywatch"]);
    if release {
        command.arg("--release");
    }
    let messages = cargo_messages(&mut command)?;
    let program = messages
        .iter()
        .filter(|message| is_artifact_of(message, "treatywatch"))
        .find_map(|message| message["executable"].as_str())
        .context("cargo made no program `treatywatch`")?;
    let library = messages
        .iter()
        .filter(|message| is_artifact_of(message, "app"))
        .find_map(|message| {
            let files = message["filenames"].as_array()?;
            files.iter().filter_map(Value::as_str).find(|file| file.ends_with(".rlib"))
        })
        .context("the server is built without `app`")?;
    Ok((program.into(), library.into()))
}
