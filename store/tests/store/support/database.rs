//! A database of its own for each test, on each engine, gone afterwards also when the test fails.

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection};
use store::Store;
use store::evidence::EvidenceFiles;
use tempfile::TempDir;

use super::dynamic;

/// The address of a PostgreSQL server for tests, as its superuser.
const SERVER: &str = "TREATYWATCH_TEST_POSTGRES";

/// A store on a fresh database, and a way to look past it.
pub(crate) struct World {
    /// The store under test.
    pub(crate) store: Store,
    /// The address it was opened by.
    pub(crate) url: String,
    /// Connections of our own to the same database.
    pub(crate) raw: AnyPool,
    /// On SQLite, the folder of its files.
    pub(crate) folder: Option<TempDir>,
    /// Evidence files.
    pub(crate) files: EvidenceFiles,
    _evidence: TempDir,
    // Dropped last: PostgreSQL's database is removed when nothing needs it any more.
    _database: Option<Database>,
}

/// Runs `test` on SQLite, and on PostgreSQL where there is a server.
pub(crate) async fn each_engine(name: &str, test: impl AsyncFn(&World)) {
    run(World::sqlite().await, &test).await;
    match std::env::var(SERVER) {
        Ok(server) => run(World::postgres(&server).await, &test).await,
        Err(_) => println!("not run: {name}: PostgreSQL: {SERVER} is not set"),
    }
}

/// Runs `test` from one fresh database to another: from SQLite to SQLite, and where there is a server from each engine to
/// the other.
pub(crate) async fn each_direction(name: &str, test: impl AsyncFn(&World, &World)) {
    let mut directions = vec![(World::sqlite().await, World::sqlite().await)];
    match std::env::var(SERVER) {
        Ok(server) => {
            directions.push((World::sqlite().await, World::postgres(&server).await));
            directions.push((World::postgres(&server).await, World::sqlite().await));
        }
        Err(_) => println!("not run: {name}: PostgreSQL: {SERVER} is not set"),
    }
    for (from, to) in directions {
        println!("from {:?} to {:?}", from.store.engine(), to.store.engine());
        test(&from, &to).await;
        for world in [from, to] {
            world.close().await;
        }
    }
}

async fn run(world: World, test: &impl AsyncFn(&World)) {
    println!("on {:?}", world.store.engine());
    test(&world).await;
    world.close().await;
}

impl World {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("treatywatch.sqlite").display());
        Self::open(url, Some(folder), None).await
    }

    async fn postgres(server: &str) -> Self {
        let database = Database::make(server).await;
        Self::open(database.url.clone(), None, Some(database)).await
    }

    async fn close(&self) {
        self.raw.close().await;
        self.store.close().await;
    }

    async fn open(url: String, folder: Option<TempDir>, database: Option<Database>) -> Self {
        let store = Store::open_url(&url).await.unwrap();
        let raw = AnyPoolOptions::new().max_connections(2).connect(&url).await.unwrap();
        let evidence = tempfile::tempdir().unwrap();
        let files = EvidenceFiles::open_folder(evidence.path()).unwrap();
        Self { store, url, raw, folder, files, _evidence: evidence, _database: database }
    }
}

struct Database {
    server: String,
    name: String,
    url: String,
}

impl Database {
    async fn make(server: &str) -> Self {
        install_default_drivers();
        let mut random = [0u8; 8];
        getrandom::fill(&mut random).unwrap();
        let name = format!("treatywatch_test_{:016x}", u64::from_le_bytes(random));
        let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
        let (host, _) = address.rsplit_once('/').unwrap();
        let url = format!("{host}/{name}{}{parameters}", if parameters.is_empty() { "" } else { "?" });
        let database = Self { server: server.to_owned(), name, url };
        // Text order is C, as SQLite's is: the same lists come in the same order.
        let sql = format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", database.name);
        database.on_server(sql).await;
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
