//! What every request can reach: the store, the head it follows, the caches, the key, the clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::RwLock;

use app::desk::Known;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use domain::Day;
use domain::country::Gazetteer;
use domain::treaty::Library;
use jiff::Timestamp;
use store::desk::audit::{LogKey, Verifier};
use store::desk::{SealingKey, SessionTimes};
use store::evidence::EvidenceFiles;
use store::record::{Head, Record};
use store::{Store, StoreError};
use tokio::sync::Semaphore;

use crate::cache::Cache;
use crate::reply_limits::ReplyLimits;
use crate::sign_in::SignInLimits;

/// The application.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    public_url: String,
    operator: Option<String>,
    contact: Option<String>,
    trusted_proxies: usize,
    key: SealingKey,
    evidence: EvidenceFiles,
    evidence_limit: u64,
    scanner: Option<PathBuf>,
    log_key: LogKey,
    log_name: String,
    times: SessionTimes,
    head: RwLock<Head>,
    known: RwLock<(i64, Known)>,
    cache: Cache,
    limits: SignInLimits,
    reply_limits: ReplyLimits,
    hashing: Arc<Semaphore>,
    drawing: Arc<Semaphore>,
}

/// What an application is made from.
pub struct Parts {
    /// The store.
    pub store: Store,
    /// The address under which readers reach it.
    pub public_url: String,
    /// Who runs it.
    pub operator: Option<String>,
    /// Where they are written to: `mailto:` or `https://`.
    pub contact: Option<String>,
    /// Proxies in front of it.
    pub trusted_proxies: usize,
    /// The key of sealed notes.
    pub key: SealingKey,
    /// Where evidence files lie.
    pub evidence: EvidenceFiles,
    /// The most bytes of one evidence file.
    pub evidence_limit: u64,
    /// A program that is asked whether a file may be kept.
    pub scanner: Option<PathBuf>,
    /// The key of checkpoints.
    pub log_key: LogKey,
    /// The name they bear.
    pub log_name: String,
    /// How long sessions last.
    pub times: SessionTimes,
    /// The cache's size in bytes.
    pub cache_bytes: u64,
}

impl App {
    /// Makes an application and reads the head.
    pub async fn new(parts: Parts) -> Result<Self, StoreError> {
        let head = parts.store.head().await?;
        let app = Self {
            inner: Arc::new(Inner {
                store: parts.store,
                public_url: parts.public_url,
                operator: parts.operator,
                contact: parts.contact,
                trusted_proxies: parts.trusted_proxies,
                key: parts.key,
                evidence: parts.evidence,
                evidence_limit: parts.evidence_limit,
                scanner: parts.scanner,
                log_key: parts.log_key,
                log_name: parts.log_name,
                times: parts.times,
                head: RwLock::new(head),
                known: RwLock::new((-1, Known::default())),
                cache: Cache::new(parts.cache_bytes),
                limits: SignInLimits::default(),
                reply_limits: ReplyLimits::default(),
                // Each hash takes 19 MiB and some 30 ms of one core.
                hashing: Arc::new(Semaphore::new(2)),
                drawing: Arc::new(Semaphore::new(2)),
            }),
        };
        Ok(app)
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn public_url(&self) -> &str {
        &self.inner.public_url
    }

    /// The desk opens on https, and on plain http where the host is this machine: by the settings, and by the
    /// request's own word (`Host`).
    pub(crate) fn desk_may_open(&self, headers: &HeaderMap) -> bool {
        let is_here = |host: &str| matches!(host.split(':').next(), Some("localhost" | "127.0.0.1"));
        let asked = headers.get(HOST).map(|host| host.to_str().unwrap_or_default());
        match self.public_url().strip_prefix("http://") {
            Some(host) => is_here(host) && asked.is_none_or(is_here),
            None => true,
        }
    }

    pub(crate) fn operator(&self) -> Option<String> {
        self.inner.operator.clone()
    }

    /// Where who runs this copy is written to.
    pub(crate) fn contact(&self) -> Option<String> {
        self.inner.contact.clone()
    }

    pub(crate) fn trusted_proxies(&self) -> usize {
        self.inner.trusted_proxies
    }

    pub(crate) fn key(&self) -> &SealingKey {
        &self.inner.key
    }

    pub(crate) fn evidence(&self) -> &EvidenceFiles {
        &self.inner.evidence
    }

    pub(crate) fn evidence_limit(&self) -> u64 {
        self.inner.evidence_limit
    }

    pub(crate) fn scanner(&self) -> Option<&Path> {
        self.inner.scanner.as_deref()
    }

    /// What checkpoints are checked with.
    pub fn verifier(&self) -> Verifier {
        self.inner.log_key.verifier(&self.inner.log_name)
    }

    /// Makes the day's checkpoint, if it is not made yet. What cannot be made is logged: tomorrow is another day.
    pub async fn make_checkpoint(&self) {
        match self.store().make_checkpoint(&self.inner.log_name, &self.inner.log_key, self.now()).await {
            Ok(Ok(())) => {}
            Ok(Err(broken)) => tracing::error!(%broken, "the audit log is broken: no checkpoint is made"),
            Err(error) => tracing::warn!(%error, "no checkpoint is made"),
        }
    }

    /// A checkpoint of the log as it stands, to be handed over; none of a log that is broken, which is logged.
    pub(crate) async fn checkpoint_now(&self) -> Result<Option<String>, StoreError> {
        match self.store().sign_checkpoint(&self.inner.log_name, &self.inner.log_key).await? {
            Ok(note) => Ok(note),
            Err(broken) => {
                tracing::error!(%broken, "the audit log is broken: no checkpoint is handed over");
                Ok(None)
            }
        }
    }

    /// Publishes what was to be published by `now`. What fails is tried again the next time.
    pub async fn publish_due(&self, now: Timestamp) {
        let today = jiff::tz::Offset::UTC.to_datetime(now).date();
        let published = async {
            let countries = self.gazetteer().await?;
            self.store().publish_due(&countries, self.key(), today, now).await
        };
        match published.await {
            Ok(published) if published.is_empty() => {}
            Ok(_) => self.catch_up().await,
            Err(error) => tracing::warn!(%error, "what was due is not published yet"),
        }
    }

    pub(crate) fn times(&self) -> SessionTimes {
        self.inner.times
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.inner.cache
    }

    pub(crate) fn limits(&self) -> &SignInLimits {
        &self.inner.limits
    }

    pub(crate) fn reply_limits(&self) -> &ReplyLimits {
        &self.inner.reply_limits
    }

    /// Erases of replies what was kept long enough. What cannot be erased now is erased an hour later.
    pub(crate) async fn forget_replies(&self) {
        self.reply_limits().forget();
        if let Err(error) = self.store().forget_replies(self.now()).await {
            tracing::warn!(%error, "old replies are not erased");
        }
    }

    pub(crate) fn hashing(&self) -> Arc<Semaphore> {
        self.inner.hashing.clone()
    }

    pub(crate) fn drawing(&self) -> Arc<Semaphore> {
        self.inner.drawing.clone()
    }

    /// The head as last read.
    pub(crate) fn head(&self) -> Head {
        *self.inner.head.read().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Reads the head anew: after an act of our own, and every second for those of other servers.
    pub async fn follow_head(&self) -> Result<(), StoreError> {
        let read = self.store().head().await?;
        let mut head = self.inner.head.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        // Two readings may arrive in the wrong order; neither number ever falls.
        head.edition = head.edition.max(read.edition);
        head.withdrawals = head.withdrawals.max(read.withdrawals);
        Ok(())
    }

    /// Follows the head; a reading that fails is logged, and the next one makes up for it.
    pub(crate) async fn catch_up(&self) {
        if let Err(error) = self.follow_head().await {
            tracing::warn!(%error, "the head cannot be read");
        }
    }

    /// The record as it stands today.
    pub(crate) fn live(&self) -> Record {
        self.store().live(self.head(), self.today())
    }

    /// The record as it stands by a head and a day that were read before.
    pub(crate) fn live_at(&self, head: Head, today: Day) -> Record {
        self.store().live(head, today)
    }

    /// Every spelling of every country.
    pub(crate) async fn gazetteer(&self) -> Result<Arc<Gazetteer>, StoreError> {
        Ok(self.known().await?.countries)
    }

    /// Every spelling of every country, treaty and provision, made once per edition.
    pub(crate) async fn known(&self) -> Result<Known, StoreError> {
        let edition = self.head().edition;
        {
            let kept = self.inner.known.read().unwrap_or_else(|poisoned| poisoned.into_inner());
            if kept.0 == edition {
                return Ok(kept.1.clone());
            }
        }
        let record = self.live();
        let library = Library::new(&record.treaties().await?, &record.all_provisions().await?);
        let countries = Arc::new(Gazetteer::new(&record.countries().await?));
        let made = Known { countries, library: Arc::new(library) };
        *self.inner.known.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = (edition, made.clone());
        Ok(made)
    }

    /// Now.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Today in UTC: the day of every live answer.
    pub(crate) fn today(&self) -> Day {
        jiff::tz::Offset::UTC.to_datetime(self.now()).date()
    }
}
