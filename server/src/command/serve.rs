//! `treatywatch serve`.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use store::desk::{SealingKey, SessionTimes};
use store::evidence::EvidenceFiles;
use store::{Store, StoreError};
use tracing::info;

use super::{Failure, demo, evidence, keys, open, open_to_read};
use crate::settings::Settings;
use crate::starter::{LoadError, load_starter};
use crate::state::{App, Parts};
use crate::{assets, listen, router};

/// Serves the pages, the charts and the desk.
#[derive(clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
    /// A file with settings (TOML); an unknown key is an error.
    #[arg(long, env = "TREATYWATCH_SETTINGS")]
    settings_file: Option<PathBuf>,
    /// Begins with an empty record instead of the starter record.
    #[arg(long)]
    no_starter: bool,
    /// Makes trial members with random passwords, printed once. Only for this machine.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), Failure> {
        start_log();
        let settings = self.settings.with_file(self.settings_file)?;
        let listener = tokio::net::TcpListener::bind(settings.address())
            .await
            .map_err(|e| format!("cannot listen on {}: {e}", settings.address()))?;
        let public_url = settings.public_address(listener.local_addr()?.port())?;
        let log_name = settings.checkpoint_origin(&public_url)?;
        let folder = settings.folder();
        let (store, evidence, key, log_key) = if settings.read_only {
            let store = open_to_read(&settings).await?;
            let key = SealingKey::of_file(&keys::key_file_in(&folder))?;
            (store, evidence(&folder)?, key, keys::log_key_that_is_there(&folder)?)
        } else {
            keys::make_folder(&folder)?;
            let (store, evidence) = (open(&settings).await?, evidence(&folder)?);
            let (key, log_key) = (keys::sealing_key(&folder, &store).await?, keys::log_key(&folder)?);
            prepare(&store, &evidence, self.no_starter, self.demo).await?;
            (store, evidence, key, log_key)
        };
        if assets::manifest().css.is_none() {
            println!("Built without assets: pages have no styles (`cargo xtask build` makes them).");
        }
        let app = App::new(Parts {
            store: store.clone(),
            public_url: public_url.clone(),
            operator: settings.operator.clone(),
            contact: settings.contact_address()?,
            trusted_proxies: settings.trusted_proxies.unwrap_or(0),
            key,
            evidence,
            evidence_limit: settings.evidence_limit.unwrap_or(200) << 20,
            scanner: settings.scanner.clone(),
            log_key,
            log_name,
            times: SessionTimes::default(),
            cache_bytes: settings.cache.unwrap_or(64) << 20,
        })
        .await?;
        tokio::spawn(follow(app.clone()));
        if store.only_reads() {
            println!("Nothing is written (--read-only): everything can be read, and nobody can sign in.");
        } else {
            tokio::spawn(hourly(app.clone()));
        }
        tokio::spawn(publish_due(app.clone()));
        println!("Treatywatch is ready at {public_url}");
        println!("  Pages: {public_url}/countries/bra   Desk: {public_url}/desk   Stop: Ctrl-C");
        info!(address = %listener.local_addr()?, "serving");
        listen::serve(listener, router(app), listen::HEAD_WITHIN, stopped()).await?;
        store.close().await;
        Ok(())
    }
}

/// Takes away what uploads that were cut off left, and fills what is empty.
async fn prepare(
    store: &Store,
    evidence: &EvidenceFiles,
    no_starter: bool,
    demo: bool,
) -> Result<(), Failure> {
    let swept = evidence.sweep(&store.evidence_objects().await?, Timestamp::now()).await?;
    if swept > 0 {
        info!(swept, "removed what uploads that were cut off had left");
    }
    if store.record_is_empty().await? && !no_starter {
        println!("Loading the starter record …");
        let now = Timestamp::now();
        match load_starter(store, jiff::tz::Offset::UTC.to_datetime(now).date(), now).await {
            // Another server of the same database was quicker.
            Err(LoadError::Store(StoreError::RecordNotEmpty)) | Ok(()) => {}
            Err(other) => return Err(other.into()),
        }
    }
    if demo && store.has_no_members().await? {
        demo::make_members(store).await?;
    }
    Ok(())
}

/// Follows the head that other servers of the same database move.
async fn follow(app: App) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        app.catch_up().await;
    }
}

/// Publishes what was to be published at a time: at once what came due while nothing served.
async fn publish_due(app: App) {
    let mut every = tokio::time::interval(Duration::from_secs(5));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        app.publish_due(Timestamp::now()).await;
    }
}

/// Work of each hour: erases what was kept long enough, and makes a checkpoint of the audit log each day: asked for every hour, so that a day on which the log could not be read
/// gets its own later.
async fn hourly(app: App) {
    let mut every = tokio::time::interval(Duration::from_secs(3600));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        app.make_checkpoint().await;
        app.forget_replies().await;
    }
}

async fn stopped() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { () = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    interrupt.await;
}

/// Logs name what happened, never bodies, tokens, sealed texts or full addresses.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TREATYWATCH_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
