//! The two engines behind one store: connecting, migrating, and how a write begins.

mod postgres;
mod sqlite;

use std::path::Path;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, SqlSafeStr, Transaction};

use crate::StoreError;
use crate::error::Result;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server.
    Postgres,
}

/// The store: one place for writing, one for the desk's reading, one that can read the record only.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    /// None in a store that only reads.
    writer: Option<AnyPool>,
    desk: AnyPool,
    record: AnyPool,
}

impl Store {
    /// Opens the SQLite file `treatywatch.sqlite` in `folder`, made if it is not there, and brings its schema up
    /// to date.
    pub async fn open_folder(folder: &Path) -> Result<Self> {
        Self::open_url(&sqlite_url(folder, "rwc")).await
    }

    /// Opens the folder's SQLite file to read and nothing else: the file itself is opened so.
    pub async fn open_folder_to_read(folder: &Path) -> Result<Self> {
        Self::open_url_to_read(&sqlite_url(folder, "ro")).await
    }

    /// Opens `sqlite://…` or `postgres://…` and brings its schema up to date.
    pub async fn open_url(url: &str) -> Result<Self> {
        let engine = engine_of(url);
        let writers = if engine == Engine::Sqlite { 1 } else { 8 };
        let writer = pool(engine, url, Use::Write, writers).await?;
        migrate(engine, &writer).await?;
        Self::with_readers(engine, url, Some(writer)).await
    }

    /// Opens `sqlite://…` or `postgres://…` to read and nothing else. Its schema has to be this program's already.
    pub async fn open_url_to_read(url: &str) -> Result<Self> {
        let engine = engine_of(url);
        let store = Self::with_readers(engine, url, None).await?;
        let applied =
            sqlx::query("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(&store.desk);
        let applied: Vec<i64> =
            applied.await?.iter().map(|row| sqlx::Row::try_get(row, 0)).collect::<Result<_, _>>()?;
        if !migrations(engine).iter().map(|migration| migration.version).eq(applied) {
            return Err(StoreError::OtherSchema);
        }
        Ok(store)
    }

    async fn with_readers(engine: Engine, url: &str, writer: Option<AnyPool>) -> Result<Self> {
        let desk = pool(engine, url, Use::ReadDesk, 8).await?;
        let record = pool(engine, url, Use::ReadRecord, 8).await?;
        Ok(Self { engine, writer, desk, record })
    }

    /// Nothing can be written through it.
    pub fn only_reads(&self) -> bool {
        self.writer.is_none()
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The database answers.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT edition FROM record_head WHERE one = 1").execute(&self.record).await?;
        Ok(())
    }

    /// Closes every connection; on SQLite the log is folded into the file.
    pub async fn close(&self) {
        self.record.close().await;
        self.desk.close().await;
        if let Some(writer) = &self.writer {
            writer.close().await;
        }
    }

    /// Begins a write. On SQLite at once (a deferred transaction that reads first and writes later fails instead
    /// of waiting).
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        Ok(self.writer.as_ref().ok_or(StoreError::OnlyReads)?.begin_with(begin).await?)
    }

    /// Begins reading the desk as it is at one moment, whatever is written meanwhile.
    pub(crate) async fn read_snapshot(&self) -> Result<Transaction<'static, Any>> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        };
        Ok(self.desk.begin_with(begin).await?)
    }

    /// After words were taken out: on SQLite what is deleted is overwritten in the file, but the log beside it may still
    /// hold pages as they were, so it is folded in and cut off. Readers that hold it up leave it for the next time.
    pub(crate) async fn forget_pages(&self) -> Result<()> {
        if self.engine == Engine::Sqlite {
            let writer = self.writer.as_ref().ok_or(StoreError::OnlyReads)?;
            sqlx::query(sqlite::FORGET).fetch_all(writer).await?;
        }
        Ok(())
    }

    pub(crate) fn desk_pool(&self) -> &AnyPool {
        &self.desk
    }

    pub(crate) fn record_pool(&self) -> &AnyPool {
        &self.record
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Write,
    ReadDesk,
    ReadRecord,
}

fn sqlite_url(folder: &Path, mode: &str) -> String {
    format!("sqlite://{}?mode={mode}", folder.join("treatywatch.sqlite").display())
}

fn engine_of(url: &str) -> Engine {
    if url.starts_with("sqlite:") { Engine::Sqlite } else { Engine::Postgres }
}

async fn pool(engine: Engine, url: &str, use_: Use, most: u32) -> Result<AnyPool> {
    install_default_drivers();
    let statements = match engine {
        Engine::Sqlite => sqlite::on_connect(use_),
        Engine::Postgres => postgres::on_connect(use_),
    };
    let pool = AnyPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(std::time::Duration::from_secs(20))
        .after_connect(move |connection: &mut AnyConnection, _| {
            Box::pin(async move {
                for statement in statements {
                    sqlx::raw_sql(*statement).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
        .connect(url);
    Ok(pool.await?)
}

/// Brings the schema up to date, one program at a time. On PostgreSQL sqlx takes a lock for that; on SQLite it takes
/// none, so everything is done inside one write.
async fn migrate(engine: Engine, writer: &AnyPool) -> Result<()> {
    match engine {
        Engine::Sqlite => {
            let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
            // `run` would do the same, in a future that no other thread may carry on.
            migrations(engine).run_direct(None, &mut *tx, false).await?;
            tx.commit().await?;
        }
        Engine::Postgres => migrations(engine).run(writer).await?,
    }
    Ok(())
}

/// The number of the last migration that this program knows.
pub(crate) fn schema(engine: Engine) -> i64 {
    migrations(engine).iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Common and engine's own, in one number space.
fn migrations(engine: Engine) -> Migrator {
    let (own, evidence_own, replies_own, dispute_own) = match engine {
        Engine::Sqlite => (
            include_str!("../../../migrations/sqlite/0003_engine.sql"),
            include_str!("../../../migrations/sqlite/0008_evidence_engine.sql"),
            include_str!("../../../migrations/sqlite/0024_replies_engine.sql"),
            include_str!("../../../migrations/sqlite/0016_dispute_engine.sql"),
        ),
        Engine::Postgres => (
            include_str!("../../../migrations/postgres/0003_engine.sql"),
            include_str!("../../../migrations/postgres/0008_evidence_engine.sql"),
            include_str!("../../../migrations/postgres/0024_replies_engine.sql"),
            include_str!("../../../migrations/postgres/0016_dispute_engine.sql"),
        ),
    };
    let list = [
        (1, "record", include_str!("../../../migrations/common/0001_record.sql")),
        (2, "desk", include_str!("../../../migrations/common/0002_desk.sql")),
        (3, "engine", own),
        (4, "correction", include_str!("../../../migrations/common/0004_correction.sql")),
        (5, "invitations", include_str!("../../../migrations/common/0005_invitations.sql")),
        (6, "second_factor", include_str!("../../../migrations/common/0006_second_factor.sql")),
        (7, "evidence", include_str!("../../../migrations/common/0007_evidence.sql")),
        (8, "evidence_engine", evidence_own),
        (10, "checkpoint", include_str!("../../../migrations/common/0010_checkpoint.sql")),
        (11, "sealing_key", include_str!("../../../migrations/common/0011_sealing_key.sql")),
        (12, "likely", include_str!("../../../migrations/common/0012_likely.sql")),
        (13, "blur", include_str!("../../../migrations/common/0013_blur.sql")),
        (26, "import", include_str!("../../../migrations/common/0026_import.sql")),
        (14, "review", include_str!("../../../migrations/common/0014_review.sql")),
        (15, "dispute", include_str!("../../../migrations/common/0015_dispute.sql")),
        (16, "dispute_engine", dispute_own),
        (19, "checked", include_str!("../../../migrations/common/0019_checked.sql")),
        (20, "proposals", include_str!("../../../migrations/common/0020_proposals.sql")),
        (21, "organisations", include_str!("../../../migrations/common/0021_organisations.sql")),
        (23, "replies", include_str!("../../../migrations/common/0023_replies.sql")),
        (24, "replies_engine", replies_own),
        (25, "partners", include_str!("../../../migrations/common/0025_partners.sql")),
    ];
    Migrator::with_migrations(
        list.into_iter()
            .map(|(version, description, sql)| {
                let sql = sql.into_sql_str();
                Migration::new(version, description.into(), MigrationType::Simple, sql, false)
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn on_sqlite_readers_cannot_write_and_the_writer_waits_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_folder(folder.path()).await.unwrap();
        for readers in [store.desk_pool(), store.record_pool()] {
            for statement in
                ["UPDATE record_head SET edition = 9", "DELETE FROM desk_case", "CREATE TABLE more (id TEXT)"]
            {
                let refused = sqlx::query(statement).execute(readers).await.unwrap_err();
                assert!(refused.to_string().contains("readonly"), "{refused}");
            }
        }
        // Every reader, not only the first: the pool tells each new connection.
        let mut held = Vec::new();
        for _ in 0..8 {
            held.push(store.record_pool().acquire().await.unwrap());
        }
        for connection in &mut held {
            assert!(sqlx::query("DELETE FROM record_head").execute(&mut **connection).await.is_err());
        }
        drop(held);
        let pragma = async |sql: &'static str| -> i64 {
            sqlx::Row::try_get(&sqlx::query(sql).fetch_one(store.writer.as_ref().unwrap()).await.unwrap(), 0)
                .unwrap()
        };
        assert_eq!(pragma("PRAGMA synchronous").await, 2, "FULL");
        assert_eq!(pragma("PRAGMA secure_delete").await, 1);
        assert_eq!(pragma("PRAGMA foreign_keys").await, 1);
        assert_eq!(store.head().await.unwrap().edition, 0);
        store.close().await;
        assert!(!folder.path().join("treatywatch.sqlite-wal").exists(), "the log is folded into the file");
    }
}
