//! A PostgreSQL server for one test run: own folder, own port, gone afterwards.
//!
//! It is told not to wait for the disk, which makes it quick and unfit for anything else. Its text order is C, like
//! SQLite's. The server programs refuse to run as root, so root lends them to Debian's user `postgres`.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    packages,
    terminal::{capture, has, program, say},
};

const PREFIX: &str = "treatywatch-postgres-";

/// A running server; dropping it stops it and removes its folder.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    lent: bool,
}

impl Cluster {
    /// Makes and starts one, after clearing away what a killed run has left.
    pub(crate) fn start() -> Result<Self> {
        let programs = find_programs()?;
        let lent = packages::is_root();
        remove_leftovers(&programs, lent)?;
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        make_folder(&folder, lent)?;
        let cluster = Self { programs, folder, port: free_port()?, lent };
        cluster.initialise()?;
        Ok(cluster)
    }

    /// The address of its first database, as the superuser: tests make databases of their own.
    pub(crate) fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The address of a new, empty database.
    pub(crate) fn new_database(&self, name: &str) -> Result<String> {
        let mut create = self.command("createdb");
        create.args(["--host=127.0.0.1", "--username=postgres", "--port", &self.port.to_string()]);
        create.args(["--template=template0", "--encoding=UTF8", "--locale=C", name]);
        capture(&mut create)?;
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    fn initialise(&self) -> Result<()> {
        let data = self.folder.join("data");
        let mut initdb = self.command("initdb");
        initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--pgdata",
        ]);
        capture(initdb.arg(&data))?;
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={} -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c max_connections=200",
            self.port,
            self.folder.display()
        );
        let log = self.folder.join("log");
        // Its output goes to the log and nowhere else: a server that holds on to our pipe would keep us waiting.
        let mut start = self.command("pg_ctl");
        start
            .args(["start", "--wait", "--silent", "--options", &settings, "--pgdata"])
            .arg(&data)
            .arg("--log")
            .arg(&log);
        start.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null());
        if !start.status().context("pg_ctl")?.success() {
            bail!("PostgreSQL did not start: {}", fs::read_to_string(log).unwrap_or_default());
        }
        Ok(())
    }

    fn command(&self, name: &str) -> Command {
        lent_command(&self.programs, name, self.lent)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        stop(&self.programs, &self.folder, self.lent);
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn find_programs() -> Result<PathBuf> {
    if let Some(folder) = debian_programs() {
        return Ok(folder);
    }
    if has("pg_config") {
        let folder = PathBuf::from(capture(program("pg_config").arg("--bindir"))?.trim());
        if folder.join("initdb").is_file() {
            return Ok(folder);
        }
    }
    packages::ensure("PostgreSQL (or leave it out with --without postgres)", &["postgresql"])?;
    debian_programs()
        .context("PostgreSQL is installed, but its server programs are not where Debian puts them")
}

/// The newest of Debian's versions.
fn debian_programs() -> Option<PathBuf> {
    let version = |path: &Path| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    folders.filter(|folder| folder.join("initdb").is_file()).max_by_key(|folder| version(folder))
}

fn lent_command(programs: &Path, name: &str, lent: bool) -> Command {
    let path = programs.join(name);
    let mut command = if lent {
        let mut command = program("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    } else {
        program(path)
    };
    // The top of the checkout may be out of the other user's reach.
    command.current_dir("/");
    command
}

fn make_folder(folder: &Path, lent: bool) -> Result<()> {
    let mut command = program("install");
    command.args(["--directory", "--mode=700"]);
    if lent {
        command.arg("--owner=postgres");
    }
    capture(command.arg(folder))?;
    Ok(())
}

fn stop(programs: &Path, folder: &Path, lent: bool) {
    let mut command = lent_command(programs, "pg_ctl", lent);
    let stopped = capture(command.args(["stop", "--mode=immediate", "--pgdata"]).arg(folder.join("data")));
    if let Err(error) = stopped
        && folder.join("data/postmaster.pid").exists()
    {
        say(format!("PostgreSQL could not be stopped: {error:#}"));
    }
    if let Err(error) = fs::remove_dir_all(folder) {
        say(format!("{} could not be removed: {error}", folder.display()));
    }
}

/// A run that was killed outright could not clean up; the next one does.
fn remove_leftovers(programs: &Path, lent: bool) -> Result<()> {
    for entry in fs::read_dir(std::env::temp_dir())? {
        let path = entry?.path();
        let owner =
            path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_prefix(PREFIX));
        let Some(process) = owner.and_then(|digits| digits.parse::<u32>().ok()) else { continue };
        if !Path::new(&format!("/proc/{process}")).exists() {
            stop(programs, &path, lent);
        }
    }
    Ok(())
}
