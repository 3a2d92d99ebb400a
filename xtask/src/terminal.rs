//! Steps on the terminal, other programs, and Ctrl-C.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    time::Instant,
};

use anyhow::{Context, Result, bail};

use crate::paths;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The program that is running for us, or 0.
static RUNNING: AtomicU32 = AtomicU32::new(0);

/// Makes Ctrl-C (and being told to terminate) end the running program and lets this one clean up after itself: the step
/// fails, and what was made for it is removed on the way out.
pub(crate) fn catch_interrupts() {
    let handler = || {
        INTERRUPTED.store(true, Ordering::SeqCst);
        let running = RUNNING.load(Ordering::SeqCst);
        if running != 0 {
            // The terminal tells it too; a supervisor would not.
            let _ = Command::new("kill").arg(running.to_string()).stderr(Stdio::null()).status();
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        eprintln!("note: Ctrl-C will not clean up: {error}");
    }
}

/// Whether Ctrl-C was pressed.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Does one step, with a line before and a line with the time after it.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {name}");
    let begun = Instant::now();
    let result = work().with_context(|| name.to_owned());
    let outcome = if result.is_ok() { "done" } else { "FAILED" };
    eprintln!("    {outcome} in {:.1} s: {name}", begun.elapsed().as_secs_f64());
    if interrupted() {
        bail!("interrupted");
    }
    result
}

/// A line under the step that is being done.
pub(crate) fn say(line: impl AsRef<str>) {
    eprintln!("    {}", line.as_ref());
}

/// A program, run from the top of the checkout, without the variables that cargo has set for *us*: build scripts that
/// watch them would run again each time.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(paths::root());
    for (key, _) in std::env::vars_os() {
        let text = key.to_string_lossy();
        let ours = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|prefix| text.starts_with(prefix));
        if ours
            || matches!(&*text, "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR")
        {
            command.env_remove(&key);
        }
    }
    command
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a program whose output the reader sees.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = wait(&mut spawn(command)?)?;
    if !status.success() {
        bail!("`{}` failed ({status})", line_of(command));
    }
    Ok(())
}

/// Starts the program that is to end when we are told to.
pub(crate) fn spawn(command: &mut Command) -> Result<Child> {
    if interrupted() {
        bail!("interrupted");
    }
    let child = command.spawn().with_context(|| format!("`{}` could not be started", line_of(command)))?;
    RUNNING.store(child.id(), Ordering::SeqCst);
    Ok(child)
}

/// Waits for what [`spawn`] has started.
pub(crate) fn wait(child: &mut Child) -> Result<ExitStatus> {
    let status = child.wait();
    RUNNING.store(0, Ordering::SeqCst);
    Ok(status?)
}

/// Runs a program silently; what it said is in the error if it fails.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{}` could not be started", line_of(command)))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", line_of(command), output.status, errors.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name is there.
pub(crate) fn has(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The command as one would type it.
pub(crate) fn line_of(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
