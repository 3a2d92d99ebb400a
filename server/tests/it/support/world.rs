//! A record of its own for each test, on each engine, gone afterwards also when the test fails.
//!
//! The starter record is loaded once per engine and run; each test gets a copy of it: of the file on SQLite, of the
//! database on PostgreSQL.

use std::path::{Path, PathBuf};

use axum::Router;
use domain::rights::Role;
use server::{App, Parts, hash_password, load_starter, router};
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection};
use store::Store;
use store::desk::audit::LogKey;
use store::desk::{NewMember, SealingKey, SessionTimes};
use store::evidence::EvidenceFiles;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::raw::{dynamic, texts};
use super::{Member, Stranger, log};

/// The address of a PostgreSQL server for tests, as its superuser.
const SERVER: &str = "TREATYWATCH_TEST_POSTGRES";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "heron lamp violet 27";
/// The names of databases that copies are made from begin so; the number of the process follows.
const TEMPLATE: &str = "treatywatch_http_template_";

/// Who works at the desk. The names of organisations and addresses are found nowhere else: wherever one of them turns
/// up in public, somebody was given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Enters cases.
    Researcher,
    /// Another of the same organisation.
    OtherResearcher,
    /// Reviews.
    FirstReviewer,
    /// Reviews, as another person.
    SecondReviewer,
    /// Says what cases mean.
    Analyst,
    /// Runs the organisation.
    Manager,
    /// Runs the reference data.
    Steward,
    /// A reviewer of another organisation.
    Outsider,
}

impl Who {
    /// Everybody.
    pub(crate) const ALL: [Self; 8] = [
        Self::Researcher,
        Self::OtherResearcher,
        Self::FirstReviewer,
        Self::SecondReviewer,
        Self::Analyst,
        Self::Manager,
        Self::Steward,
        Self::Outsider,
    ];

    /// Their address.
    pub(crate) fn email(self) -> &'static str {
        match self {
            Self::Researcher => "inger@silent-heron.example",
            Self::OtherResearcher => "tomas@silent-heron.example",
            Self::FirstReviewer => "amara@silent-heron.example",
            Self::SecondReviewer => "joao@silent-heron.example",
            Self::Analyst => "mei@silent-heron.example",
            Self::Manager => "olu@silent-heron.example",
            Self::Steward => "sana@silent-heron.example",
            Self::Outsider => "lena@far-lighthouse.example",
        }
    }

    /// Their role.
    pub(crate) fn role(self) -> Role {
        match self {
            Self::Researcher | Self::OtherResearcher => Role::Researcher,
            Self::FirstReviewer | Self::SecondReviewer | Self::Outsider => Role::Reviewer,
            Self::Analyst => Role::Analyst,
            Self::Manager => Role::Manager,
            Self::Steward => Role::Steward,
        }
    }

    fn organisation(self) -> &'static str {
        if self == Self::Outsider { "far-lighthouse" } else { "silent-heron" }
    }
}

/// What names the people and organisations of the desk.
pub(crate) const NAMES: &[&str] = &["silent-heron", "Silent Heron", "far-lighthouse", "Far Lighthouse"];

/// A running application on a copy of the starter record.
pub(crate) struct World {
    /// The application.
    pub(crate) app: App,
    /// The store beneath it, for what only the operator does and to look at what is kept.
    pub(crate) store: Store,
    /// Connections past the store.
    pub(crate) raw: AnyPool,
    /// Its routes.
    pub(crate) router: Router,
    url: String,
    _folder: Option<TempDir>,
    evidence: TempDir,
    // Dropped last: a database is removed when nothing needs it any more.
    _database: Option<Database>,
}

/// Runs `test` on SQLite, and on PostgreSQL where there is a server.
pub(crate) async fn each_engine(name: &str, test: impl AsyncFn(&World)) {
    log::listen();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("treatywatch.sqlite");
    std::fs::copy(sqlite_template().await, &path).unwrap();
    run(World::open(&format!("sqlite://{}?mode=rwc", path.display()), Some(folder), None).await, &test).await;
    match std::env::var(SERVER) {
        Ok(server) => {
            let database = Database::make(&server, postgres_template(&server).await).await;
            run(World::open(&database.url.clone(), None, Some(database)).await, &test).await;
        }
        Err(_) => println!("not run: {name}: PostgreSQL: {SERVER} is not set"),
    }
}

async fn run(world: World, test: &impl AsyncFn(&World)) {
    println!("on {:?}", world.store.engine());
    test(&world).await;
    world.raw.close().await;
    world.store.close().await;
}

impl World {
    async fn open(url: &str, folder: Option<TempDir>, database: Option<Database>) -> Self {
        let store = Store::open_url(url).await.unwrap();
        let raw = AnyPoolOptions::new().max_connections(2).connect(url).await.unwrap();
        let evidence = tempfile::tempdir().unwrap();
        let app = app(&store, &evidence, "http://localhost:3000", SessionTimes::default(), None).await;
        let router = router(app.clone());
        let url = url.to_owned();
        Self { app, store, raw, router, url, _folder: folder, evidence, _database: database }
    }

    /// The same record served with other settings.
    pub(crate) async fn served(&self, public_url: &str, times: SessionTimes) -> Router {
        router(app(&self.store, &self.evidence, public_url, times, None).await)
    }

    /// The same record served by a program that only reads.
    pub(crate) async fn read_only(&self) -> (Store, Router) {
        let store = Store::open_url_to_read(&self.url.replace("mode=rwc", "mode=ro")).await.unwrap();
        let times = SessionTimes::default();
        let app = app(&store, &self.evidence, "http://localhost:3000", times, None).await;
        (store, router(app))
    }

    /// The same record served by somebody who scans evidence files.
    pub(crate) async fn scanned_by(&self, scanner: &Path) -> Router {
        let times = SessionTimes::default();
        router(app(&self.store, &self.evidence, "http://localhost:3000", times, Some(scanner)).await)
    }

    /// Evidence files: of which incident or case, and their ids there.
    pub(crate) async fn evidence(&self, public: bool) -> Vec<(String, String)> {
        use sqlx::Row;
        let sql = if public {
            "SELECT DISTINCT i.reference, e.id FROM record_evidence e JOIN record_incident i ON i.id = e.incident"
        } else {
            "SELECT case_id, id FROM desk_evidence ORDER BY id"
        };
        let rows = sqlx::query(sql).fetch_all(&self.raw).await.unwrap();
        rows.iter().map(|row| (row.try_get(0).unwrap(), row.try_get(1).unwrap())).collect()
    }

    /// The ids of all replies from outside.
    pub(crate) async fn replies(&self) -> Vec<String> {
        use sqlx::Row;
        let rows = sqlx::query("SELECT id FROM desk_reply ORDER BY id").fetch_all(&self.raw).await.unwrap();
        rows.iter().map(|row| row.try_get(0).unwrap()).collect()
    }

    /// Every file in the store of evidence files.
    pub(crate) fn evidence_files(&self) -> Vec<Vec<u8>> {
        let entries = std::fs::read_dir(self.evidence.path()).unwrap();
        entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
    }

    /// Somebody who reads, and never signed in.
    pub(crate) fn stranger(&self) -> Stranger {
        Stranger::new(self.router.clone())
    }

    /// Signs `who` in by the form.
    pub(crate) async fn sign_in(&self, who: Who) -> Member {
        Member::sign_in(self.router.clone(), who).await
    }
}

/// The most bytes of an evidence file in these tests.
pub(crate) const EVIDENCE_LIMIT: u64 = 3 << 20;

async fn app(
    store: &Store,
    evidence: &TempDir,
    public_url: &str,
    times: SessionTimes,
    scanner: Option<&Path>,
) -> App {
    let parts = Parts {
        store: store.clone(),
        public_url: public_url.to_owned(),
        operator: None,
        contact: None,
        trusted_proxies: 0,
        key: SealingKey::new([7; 32]),
        evidence: EvidenceFiles::open_folder(evidence.path()).unwrap(),
        evidence_limit: EVIDENCE_LIMIT,
        scanner: scanner.map(Path::to_owned),
        log_key: LogKey::new([8; 32]),
        log_name: "localhost:3000".to_owned(),
        times,
        cache_bytes: 64 << 20,
    };
    App::new(parts).await.unwrap()
}

// ---- what copies are made from -------------------------------------------------------------------------------

/// The starter record with its people, in a store that is closed again.
async fn fill(url: &str) {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = HASH.get_or_init(async || hash_password(PASSWORD).unwrap()).await;
    let store = Store::open_url(url).await.unwrap();
    let now = jiff::Timestamp::now();
    load_starter(&store, jiff::tz::Offset::UTC.to_datetime(now).date(), now).await.unwrap();
    store.add_organisation("silent-heron", "Silent Heron", now).await.unwrap();
    store.add_organisation("far-lighthouse", "Far Lighthouse", now).await.unwrap();
    for who in Who::ALL {
        let organisation = who.organisation();
        let new = NewMember {
            email: who.email(),
            organisation,
            role: who.role(),
            password_hash: hash,
            is_trial: true,
        };
        store.add_member(new, now).await.unwrap();
    }
    store.close().await;
}

async fn sqlite_template() -> &'static PathBuf {
    static FILE: OnceCell<PathBuf> = OnceCell::const_new();
    FILE.get_or_init(async || {
        // In the build's own folder for temporary files, one name for all runs, so that nothing is left over.
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("http-template.sqlite");
        for name in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{name}", path.display()));
        }
        fill(&format!("sqlite://{}?mode=rwc", path.display())).await;
        path
    })
    .await
}

async fn postgres_template(server: &str) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(async || {
        install_default_drivers();
        let mut connection = AnyConnection::connect(server).await.unwrap();
        let known = format!("SELECT CAST(datname AS TEXT) FROM pg_database WHERE datname LIKE '{TEMPLATE}%'");
        for left in texts(&mut connection, known).await {
            // Left by a run that is over: nothing of this process's lifetime can remove its own at the end.
            if !std::path::Path::new(&format!("/proc/{}", &left[TEMPLATE.len()..])).exists() {
                let sql = dynamic(format!("DROP DATABASE IF EXISTS {left} WITH (FORCE)"));
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            }
        }
        let name = format!("{TEMPLATE}{}", std::process::id());
        // Text order is C, as SQLite's is: the same lists come in the same order.
        let sql = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        sqlx::raw_sql(dynamic(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        fill(&url_of(server, &name)).await;
        name
    })
    .await
}

fn url_of(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
    let (host, _) = address.rsplit_once('/').unwrap();
    format!("{host}/{name}{}{parameters}", if parameters.is_empty() { "" } else { "?" })
}

struct Database {
    server: String,
    name: String,
    url: String,
}

impl Database {
    async fn make(server: &str, template: &str) -> Self {
        let mut random = [0u8; 8];
        getrandom::fill(&mut random).unwrap();
        let name = format!("treatywatch_http_{:016x}", u64::from_le_bytes(random));
        let database = Self { server: server.to_owned(), url: url_of(server, &name), name };
        database.on_server(format!("CREATE DATABASE {} TEMPLATE {template}", database.name)).await;
        database
    }

    async fn on_server(&self, sql: String) {
        let mut connection = AnyConnection::connect(&self.server).await.unwrap();
        sqlx::raw_sql(dynamic(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // On a thread of its own: a test's runtime does not let itself be blocked.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(self.on_server(sql));
            });
        });
    }
}
