//! The command line.

mod audit;
mod backup;
mod demo;
mod erase;
mod files;
mod import;
mod keys;
mod members;
mod redact;
mod serve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use store::Store;
use store::evidence::EvidenceFiles;

use crate::settings::Settings;

/// Keeps the record of how cybercrime treaties are used.
#[derive(Parser)]
#[command(name = "treatywatch", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the pages.
    Serve(serve::Serve),
    /// Adds organisations.
    #[command(subcommand)]
    Organisation(members::Organisation),
    /// Adds members.
    #[command(subcommand)]
    Member(members::MemberCommand),
    /// Blanks one field of an incident in every edition.
    Redact(redact::Redact),
    /// Reads publishers' files.
    #[command(subcommand)]
    Import(import::Import),
    /// Erases an incident and the case behind it.
    Erase(erase::Erase),
    /// Checks the audit log, and writes it out.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Exchanges the key of what is sealed, and says which keys are needed.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Writes everything but the keys to a file.
    Backup(backup::Backup),
    /// Restores a backup into an empty database.
    Restore(backup::Restore),
}

/// Which store a command works on.
#[derive(clap::Args)]
pub(super) struct Place {
    /// The data folder.
    #[arg(long, env = "TREATYWATCH_DATA")]
    data: Option<PathBuf>,
    /// A database elsewhere: postgres://user@host/name.
    #[arg(long, env = "TREATYWATCH_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Place {
    async fn open(&self) -> Result<Store, Failure> {
        open(&self.settings()).await
    }

    /// The data folder, where the keys are.
    fn folder(&self) -> PathBuf {
        self.settings().folder()
    }

    /// Where its evidence files lie.
    fn evidence(&self) -> Result<EvidenceFiles, Failure> {
        evidence(&self.folder())
    }

    fn settings(&self) -> Settings {
        Settings { data: self.data.clone(), database: self.database.clone(), ..Settings::default() }
    }
}

/// What a command says when it fails.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Opens the store that the settings name, with its folder made if it is not there.
pub(super) async fn open(settings: &Settings) -> Result<Store, Failure> {
    if let Some(url) = &settings.database {
        if let Some(said) = crate::database_url::refuse(url, |name| std::env::var(name).ok()) {
            return Err(said.into());
        }
        return Ok(Store::open_url(url).await?);
    }
    let folder = settings.folder();
    keys::make_folder(&folder)?;
    keys::close_database(&folder)?;
    Ok(Store::open_folder(&folder).await?)
}

/// Opens a store that is there, to read and nothing else.
async fn open_to_read(settings: &Settings) -> Result<Store, Failure> {
    Ok(match &settings.database {
        Some(url) => Store::open_url_to_read(url).await?,
        None => Store::open_folder_to_read(&settings.folder()).await?,
    })
}

/// Opens the evidence files of a data folder, which are made if they are not there. A database elsewhere has them here too.
fn evidence(folder: &Path) -> Result<EvidenceFiles, Failure> {
    let folder = folder.join("evidence");
    keys::make_folder(&folder)?;
    Ok(EvidenceFiles::open_folder(&folder)?)
}

/// Reads the arguments and does what they say.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("treatywatch: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Serve(serve) => serve.run().await,
            Command::Organisation(organisation) => organisation.run().await,
            Command::Member(member) => member.run().await,
            Command::Redact(redact) => redact.run().await,
            Command::Import(import) => return import.run().await,
            Command::Erase(erase) => erase.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Keys(keys) => keys.run().await,
            Command::Backup(backup) => backup.run().await,
            Command::Restore(restore) => restore.run().await,
        }
        .map(|()| true)
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        // Done, but not with all of it.
        Ok(false) => ExitCode::from(2),
        Err(failure) => {
            eprintln!("treatywatch: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Every command with its options: what docs/commands.md must name.
pub fn commands() -> Vec<(String, Vec<String>)> {
    use clap::CommandFactory;
    let options = |command: &clap::Command| -> Vec<String> {
        let long = command.get_arguments().filter_map(clap::Arg::get_long);
        long.filter(|name| *name != "help").map(|name| format!("--{name}")).collect()
    };
    let mut commands = Vec::new();
    for command in Arguments::command().get_subcommands() {
        if !command.has_subcommands() {
            commands.push((command.get_name().to_owned(), options(command)));
        }
        for sub in command.get_subcommands() {
            commands.push((format!("{} {}", command.get_name(), sub.get_name()), options(sub)));
        }
    }
    commands
}
