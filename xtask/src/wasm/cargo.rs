//! Cargo's part of the module.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::toolchain::{TARGET, Toolchain};
use crate::{
    paths,
    terminal::{line_of, spawn, wait},
};

/// What came out.
pub(crate) struct Built {
    /// The module as the compiler wrote it.
    pub(crate) wasm: PathBuf,
    /// How many warnings there were for our own code.
    pub(crate) warnings: usize,
}

/// Compiles `app` for the browser.
pub(crate) fn build(toolchain: &Toolchain) -> Result<Built> {
    let mut command = toolchain.build_command();
    command
        .args(["--package", "app", "--lib", "--no-default-features", "--features", "hydrate"])
        .args(["--profile", "wasm-release", "--target", TARGET])
        .env("CARGO_TARGET_DIR", paths::wasm_target());
    let messages = messages(&mut command)?;
    let wasm = messages.iter().filter(|message| is_artifact_of(message, "app")).find_map(|message| {
        let files = message["filenames"].as_array()?;
        files.iter().filter_map(Value::as_str).find(|file| file.ends_with(".wasm")).map(PathBuf::from)
    });
    let warnings = messages
        .iter()
        .filter(|message| message["reason"] == "compiler-message" && message["message"]["level"] == "warning")
        .count();
    Ok(Built { wasm: wasm.context("cargo made no .wasm of `app`")?, warnings })
}

/// Runs a cargo command that builds, showing its diagnostics, and returns its messages.
pub(crate) fn messages(command: &mut Command) -> Result<Vec<Value>> {
    command.arg("--message-format=json-render-diagnostics").stdout(Stdio::piped());
    let mut child = spawn(command)?;
    let output = child.stdout.take().context("cargo's output")?;
    let mut messages = Vec::new();
    for line in BufReader::new(output).lines() {
        if let Ok(message) = serde_json::from_str(&line?) {
            messages.push(message);
        }
    }
    let status = wait(&mut child)?;
    if !status.success() {
        bail!("`{}` failed ({status})", line_of(command));
    }
    Ok(messages)
}

/// Whether the message announces what was made of the target of this name.
pub(crate) fn is_artifact_of(message: &Value, target: &str) -> bool {
    message["reason"] == "compiler-artifact" && message["target"]["name"] == target
}
