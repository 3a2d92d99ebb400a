//! The schema keeps to what both engines and the editions ask of it.

use std::collections::BTreeSet;

use sqlx::Row;
use store::desk::SessionTimes;
use store::{Engine, Store, StoreError};

use super::support::{People, World, at, dynamic, each_engine, open};

/// The tables whose rows hold from one edition to another.
const VERSIONED: [&str; 11] = [
    "record_action",
    "record_country",
    "record_coverage",
    "record_dispute",
    "record_evidence",
    "record_group_member",
    "record_incident",
    "record_provision",
    "record_release",
    "record_reply",
    "record_treaty",
];

pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: String,
    not_null: bool,
}

pub(super) async fn columns(world: &World, table: &str) -> Vec<Column> {
    let sql = match world.store.engine() {
        Engine::Sqlite => format!(
            "SELECT name, type, CASE WHEN \"notnull\" = 1 OR pk > 0 THEN 1 ELSE 0 END \
             FROM pragma_table_info('{table}')"
        ),
        Engine::Postgres => format!(
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT), \
             CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
        ),
    };
    let rows = sqlx::query(dynamic(sql)).fetch_all(&world.raw).await.unwrap();
    let column = |row: &sqlx::any::AnyRow| Column {
        name: row.try_get(0).unwrap(),
        kind: row.try_get::<String, _>(1).unwrap().to_uppercase(),
        not_null: row.try_get::<i64, _>(2).unwrap() == 1,
    };
    rows.iter().map(column).collect()
}

async fn indexes(world: &World, table: &str) -> Vec<String> {
    let sql = match world.store.engine() {
        Engine::Sqlite => {
            format!(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL"
            )
        }
        Engine::Postgres => format!("SELECT indexdef FROM pg_indexes WHERE tablename = '{table}'"),
    };
    let rows = sqlx::query(dynamic(sql)).fetch_all(&world.raw).await.unwrap();
    rows.iter().map(|row| row.try_get(0).unwrap()).collect()
}

#[tokio::test]
async fn columns_have_only_the_types_that_both_engines_read_alike() {
    each_engine("columns_have_only_the_types_that_both_engines_read_alike", async |world| {
        let allowed = BTreeSet::from(["TEXT", "BIGINT", "DOUBLE PRECISION", "BYTEA"]);
        for prefix in ["record_", "desk_"] {
            for table in world.tables(prefix).await {
                for column in columns(world, &table).await {
                    assert!(
                        allowed.contains(column.kind.as_str()),
                        "{table}.{} is {}",
                        column.name,
                        column.kind
                    );
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn versioned_tables_hold_one_current_version_per_id() {
    each_engine("versioned_tables_hold_one_current_version_per_id", async |world| {
        let mut versioned = BTreeSet::new();
        for table in world.tables("record_").await {
            let columns = columns(world, &table).await;
            let edition =
                |name: &str| columns.iter().find(|c| c.name == name).map(|c| (c.kind.as_str(), c.not_null));
            let bounds = (edition("edition_from"), edition("edition_to"));
            if bounds == (None, None) {
                continue;
            }
            assert_eq!(bounds, (Some(("BIGINT", true)), Some(("BIGINT", true))), "{table}");
            let of = if table == "record_release" { "(indicator)" } else { "(id)" };
            let indexes = indexes(world, &table).await;
            let current = |sql: &&String| {
                sql.contains("UNIQUE INDEX") && sql.contains(of) && sql.contains("9223372036854775807")
            };
            assert_eq!(indexes.iter().filter(current).count(), 1, "{table}: {indexes:?}");
            versioned.insert(table);
        }
        assert_eq!(versioned, VERSIONED.map(str::to_owned).into());

        let second = "INSERT INTO record_coverage (version_id, id, edition_from, edition_to, content) \
             VALUES ($1, 'one', 1, $2, '{}')";
        let insert = async |version: &str, to: i64| {
            sqlx::query(second).bind(version.to_owned()).bind(to).execute(&world.raw).await
        };
        insert("a", i64::MAX).await.unwrap();
        insert("b", 1).await.unwrap();
        let refused = insert("c", i64::MAX).await.unwrap_err();
        assert!(refused.as_database_error().unwrap().is_unique_violation());
    })
    .await;
}

#[tokio::test]
async fn a_program_older_than_the_schema_refuses_it() {
    each_engine("a_program_older_than_the_schema_refuses_it", async |world| {
        Store::open_url(&world.url).await.unwrap().close().await;
        let newer = match world.store.engine() {
            Engine::Sqlite => {
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9000, 'of a later program', 1, x'00', 0)"
            }
            Engine::Postgres => {
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9000, 'of a later program', TRUE, '\\x00', 0)"
            }
        };
        assert_eq!(world.tamper(newer).await, 1);
        let refused = Store::open_url(&world.url).await.unwrap_err();
        assert!(matches!(refused, StoreError::Schema(_)), "{refused}");
        assert!(refused.to_string().contains("9000"), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_that_start_at_once_on_an_empty_database_all_start() {
    each_engine("programs_that_start_at_once_on_an_empty_database_all_start", async |world| {
        let url = match &world.folder {
            Some(folder) => format!("sqlite://{}?mode=rwc", folder.path().join("empty.sqlite").display()),
            None => {
                world.store.close().await;
                let empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public".to_owned();
                sqlx::raw_sql(dynamic(empty)).execute(&world.raw).await.unwrap();
                world.url.clone()
            }
        };
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { Store::open_url(&url).await })
            })
            .collect();
        for start in starts {
            let store = start.await.unwrap().unwrap();
            assert!(store.record_is_empty().await.unwrap());
            store.ping().await.unwrap();
            store.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_store_that_only_reads_writes_nothing_and_wants_its_own_schema() {
    each_engine("a_store_that_only_reads_writes_nothing", async |world| {
        let people = People::join(&world.store).await;
        let id = open(&world.store, &people).await;
        let url = world.url.replace("mode=rwc", "mode=ro");
        let reads = Store::open_url_to_read(&url).await.unwrap();
        let before = world.dump("").await;
        assert_eq!(reads.case(&people.researcher, &id).await.unwrap().0.id, id);
        for refused in [
            reads.new_case(&people.researcher, at(5)).await.map(drop),
            reads.end_sessions(None, at(5)).await.map(drop),
            reads.begin_session(&people.researcher.id, SessionTimes::default(), at(5)).await.map(drop),
        ] {
            assert!(matches!(refused, Err(StoreError::OnlyReads)), "{refused:?}");
        }
        assert!(world.dump("").await == before);
        // What others write meanwhile is read.
        let other = open(&world.store, &people).await;
        assert!(reads.case(&people.researcher, &other).await.is_ok());
        reads.close().await;
        world.tamper("DELETE FROM _sqlx_migrations WHERE version = 13").await;
        assert!(matches!(Store::open_url_to_read(&url).await, Err(StoreError::OtherSchema)));
    })
    .await;
}
