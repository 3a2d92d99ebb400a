//! `wasm-opt`, from npm's `binaryen`, where Node is there: the module becomes a third of its size.
//!
//! The features are named one by one. With `--all-features` it writes a module that browsers refuse.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    paths,
    terminal::{capture, has, program, say},
};

const PACKAGE: &str = include_str!("../../node/package.json");
const LOCK: &str = include_str!("../../node/package-lock.json");

const FLAGS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What makes the module smaller, if anything does.
pub(crate) enum Optimiser {
    /// `wasm-opt` under Node.
    Binaryen,
    /// Nothing, and why.
    Absent(String),
}

/// Looks for Node and gets `wasm-opt` with it.
pub(crate) fn find() -> Result<Optimiser> {
    if !has("node") || !has("npm") {
        return Ok(Optimiser::Absent("Node is not installed".into()));
    }
    match install() {
        Ok(()) => Ok(Optimiser::Binaryen),
        Err(error) => {
            let reason = format!("{error:#}");
            let first = reason.lines().next().unwrap_or_default();
            Ok(Optimiser::Absent(format!("npm could not get it: {first}")))
        }
    }
}

impl Optimiser {
    /// What the result depends on.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Binaryen => format!("{}{LOCK}", FLAGS.join(" ")),
            Self::Absent(_) => "none".into(),
        }
    }

    /// For the reader.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Binaryen => "after wasm-opt".into(),
            Self::Absent(reason) => format!("wasm-opt skipped: {reason}"),
        }
    }

    /// Makes the file smaller, in place.
    pub(crate) fn run(&self, file: &Path) -> Result<()> {
        if let Self::Binaryen = self {
            let small = file.with_extension("small");
            let tool = paths::work().join("node/node_modules/binaryen/bin/wasm-opt");
            capture(program("node").arg(tool).args(FLAGS).arg(file).arg("-o").arg(&small))?;
            fs::rename(&small, file)?;
        }
        Ok(())
    }
}

fn install() -> Result<()> {
    let folder = paths::work().join("node");
    let done = folder.join("installed");
    if fs::read_to_string(&done).is_ok_and(|lock| lock == LOCK) {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("package.json"), PACKAGE)?;
    fs::write(folder.join("package-lock.json"), LOCK)?;
    say("getting wasm-opt (npm's binaryen)");
    capture(program("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder))?;
    fs::write(done, LOCK).context("target/xtask/node")
}
