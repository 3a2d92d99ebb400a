//! Debian's packages: installed where we may, named in one line where we may not.

use std::{path::Path, process::Command, sync::Once};

use anyhow::{Context, Result, bail};

use crate::terminal::{capture, program, run, say};

static UPDATED: Once = Once::new();

/// Sees to it that the packages are installed, or says what to install and what for.
pub(crate) fn ensure(purpose: &str, packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_debian() {
        bail!("{purpose} is missing: install what Debian calls {list}");
    }
    if !is_root() {
        bail!("{purpose} is missing: run `sudo apt-get install {list}`");
    }
    say(format!("installing {list} ({purpose})"));
    UPDATED.call_once(|| {
        if let Err(error) = run(apt().args(["-qq", "update"])) {
            say(format!("the package lists could not be renewed: {error:#}"));
        }
    });
    // The list of what is installed goes to the log, not to the reader.
    capture(apt().args(["-qq", "install", "-y", "--no-install-recommends"]).args(&missing))
        .with_context(|| format!("{purpose}: run `apt-get install {list}` by hand"))?;
    Ok(())
}

/// Whether packages can be installed here without asking.
pub(crate) fn may_install() -> bool {
    is_debian() && is_root()
}

/// Whether this is Debian or made from it.
pub(crate) fn is_debian() -> bool {
    Path::new("/etc/debian_version").is_file()
}

/// Whether we are root.
pub(crate) fn is_root() -> bool {
    capture(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Whether dpkg has the package installed.
pub(crate) fn is_installed(package: &str) -> bool {
    capture(program("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package]))
        .is_ok_and(|status| status == "installed")
}

fn apt() -> Command {
    let mut command = program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
