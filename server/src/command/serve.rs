//! `treatywatch serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::serve::ListenerExt;
use jiff::Timestamp;
use store::StoreError;
use store::desk::SessionTimes;
use tracing::{info, warn};

use super::{Failure, demo, evidence, keys, open};
use crate::settings::Settings;
use crate::starter::{LoadError, load_starter};
use crate::state::{App, Parts};
use crate::{assets, router};

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
        keys::make_folder(&folder)?;
        let evidence = evidence(&folder)?;
        let (key, log_key) = (keys::sealing_key(&folder)?, keys::log_key(&folder)?);
        let store = open(&settings).await?;
        let swept = evidence.sweep(&store.evidence_objects().await?, Timestamp::now()).await?;
        if swept > 0 {
            info!(swept, "removed what uploads that were cut off had left");
        }
        if store.record_is_empty().await? && !self.no_starter {
            println!("Loading the starter record …");
            let now = Timestamp::now();
            match load_starter(&store, jiff::tz::Offset::UTC.to_datetime(now).date(), now).await {
                // Another server of the same database was quicker.
                Err(LoadError::Store(StoreError::RecordNotEmpty)) | Ok(()) => {}
                Err(other) => return Err(other.into()),
            }
        }
        if self.demo && store.has_no_members().await? {
            demo::make_members(&store).await?;
        }
        if assets::manifest().css.is_none() {
            println!("Built without assets: pages have no styles (`cargo xtask build` makes them).");
        }
        let app = App::new(Parts {
            store: store.clone(),
            public_url: public_url.clone(),
            operator: settings.operator.clone(),
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
        tokio::spawn(checkpoints(app.clone()));
        tokio::spawn(publish_due(app.clone()));
        println!("Treatywatch is ready at {public_url}");
        println!("  Pages: {public_url}/countries/bra   Desk: {public_url}/desk   Stop: Ctrl-C");
        info!(address = %listener.local_addr()?, "serving");
        // Without TCP_NODELAY the second write of an answer waits for a delayed acknowledgement (40 ms).
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                warn!(%error, "TCP_NODELAY was refused");
            }
        });
        let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stopped()).await?;
        store.close().await;
        Ok(())
    }
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

/// Makes a checkpoint of the audit log each day: asked for every hour, so that a day on which the log could not be read
/// gets its own later.
async fn checkpoints(app: App) {
    let mut every = tokio::time::interval(Duration::from_secs(3600));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        app.make_checkpoint().await;
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
