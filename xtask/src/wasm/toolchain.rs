//! Which compiler makes WebAssembly here.
//!
//! Problem: rustup's target is one download away for most people and out of reach for some. Choice, in this order:
//! the target is installed; `rustup target add` works; Debian, as root: its own compiler for WebAssembly with the
//! sources of the standard library, which cargo then builds too. What was found last time is tried first, so that a
//! second run does not wait for a download that fails. `rust-toolchain.toml` must not list the target: rustup would try
//! to download it at each call.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    packages, paths,
    terminal::{capture, cargo, has, interrupted, program, say},
};

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that makes WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The compiler that runs us, with the target installed.
    Installed,
    /// Debian's pair, which builds the standard library as well.
    Debian,
}

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

/// How long rustup may try.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(180);

impl Toolchain {
    /// The cargo command that builds with it, ready for `--target` and what follows.
    pub(crate) fn build_command(self) -> Command {
        match self {
            Self::Installed => {
                let mut command = cargo();
                command.arg("build");
                command
            }
            Self::Debian => {
                let mut command = program(DEBIAN_CARGO);
                command.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
                // `cargo run` points it at rustup's own libraries.
                command.env_remove("LD_LIBRARY_PATH").env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
                command.args(["build", "-Z", "build-std=std,panic_abort"]);
                command
            }
        }
    }
}

/// Finds or gets a compiler for WebAssembly.
pub(crate) fn find() -> Result<Toolchain> {
    if target_is_installed()? {
        say("the target is installed");
        return Ok(Toolchain::Installed);
    }
    if was_debian() && debian_is_ready() {
        say("Debian's compiler, as last time");
        return Ok(Toolchain::Debian);
    }
    if has("rustup") && add_with_rustup()? && target_is_installed()? {
        say("the target was installed by rustup");
        return Ok(Toolchain::Installed);
    }
    if !debian_is_ready() {
        if !packages::may_install() {
            bail!(
                "no compiler for WebAssembly: run `rustup target add {TARGET}`, or on Debian as root `apt-get install {}`",
                DEBIAN_PACKAGES.join(" ")
            );
        }
        packages::ensure("a compiler for WebAssembly", &DEBIAN_PACKAGES)?;
        let linker = linker_package()?;
        packages::ensure("a linker for WebAssembly", &[&linker])?;
        if !debian_is_ready() {
            bail!("Debian's packages are installed, but {DEBIAN_RUSTC} and {DEBIAN_CARGO} are not there");
        }
    }
    remember_debian()?;
    say("Debian's compiler; the standard library is built with it once");
    Ok(Toolchain::Debian)
}

fn target_is_installed() -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = capture(program(rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    let Ok(mut files) = fs::read_dir(folder.trim()) else { return Ok(false) };
    Ok(files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-"))))
}

fn add_with_rustup() -> Result<bool> {
    say(format!("trying `rustup target add {TARGET}`"));
    let mut command = program("rustup");
    command.args(["target", "add", TARGET]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().context("rustup")?;
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                say("rustup could not download it");
            }
            return Ok(status.success());
        }
        if begun.elapsed() > DOWNLOAD_LIMIT || interrupted() {
            child.kill()?;
            child.wait()?;
            say("rustup took too long");
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn debian_is_ready() -> bool {
    [DEBIAN_RUSTC, DEBIAN_CARGO].iter().all(|path| Path::new(path).is_file())
        && DEBIAN_PACKAGES.iter().all(|package| packages::is_installed(package))
        && linker_package().is_ok_and(|package| packages::is_installed(&package))
}

/// `rust-lld` is a link to the linker of the LLVM that the compiler was built with; a package of its own.
fn linker_package() -> Result<String> {
    let depends = capture(program("dpkg-query").args(["-W", "-f", "${Depends}", "rust-web-llvm"]))?;
    let version = depends
        .split([',', ' '])
        .find_map(|word| word.strip_prefix("llvm-"))
        .with_context(|| format!("rust-web-llvm does not say which LLVM it belongs to: {depends}"))?;
    Ok(format!("lld-{version}"))
}

fn memory() -> PathBuf {
    paths::work().join("wasm-compiler")
}

fn was_debian() -> bool {
    fs::read_to_string(memory()).is_ok_and(|text| text == "debian")
}

fn remember_debian() -> Result<()> {
    fs::create_dir_all(paths::work())?;
    fs::write(memory(), "debian").context("target/xtask")
}
