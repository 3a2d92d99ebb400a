//! SQL that only tests need: looking into the tables past the store, and tampering with them. This is the only
//! place where a text made at run time is taken for SQL; what is put in are names that the schema itself gave.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::World;

/// `sql`, made at run time.
pub(crate) fn dynamic(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}

/// The one number that `sql` gives.
pub(crate) async fn number(world: &World, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(&world.raw).await.unwrap().try_get(0).unwrap()
}

/// The first column, as text, of each row that `sql` gives.
pub(crate) async fn texts(connection: &mut AnyConnection, sql: String) -> Vec<String> {
    let rows = sqlx::query(dynamic(sql)).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.try_get(0).unwrap()).collect()
}

impl World {
    /// The tables whose names begin with `prefix`.
    pub(crate) async fn tables(&self, prefix: &str) -> Vec<String> {
        let sql = match self.store.engine() {
            store::Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
            store::Engine::Postgres => {
                "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            }
        };
        let mut connection = self.raw.acquire().await.unwrap();
        let mut names = texts(&mut connection, sql.to_owned()).await;
        names.retain(|name| name.starts_with(prefix));
        assert!(!names.is_empty(), "no table begins with {prefix}");
        names
    }

    /// Every row of every table whose name begins with `prefix`, all columns as one text, bytes in hexadecimal.
    pub(crate) async fn dump(&self, prefix: &str) -> Vec<String> {
        let mut rows: Vec<String> = Vec::new();
        for table in self.tables(prefix).await {
            let mut connection = self.raw.acquire().await.unwrap();
            let row = match self.store.engine() {
                store::Engine::Postgres => format!("SELECT CAST(t AS TEXT) FROM {table} t"),
                store::Engine::Sqlite => {
                    let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                    let columns = texts(&mut connection, columns).await;
                    let columns: Vec<String> = columns
                        .iter()
                        .map(|c| {
                            let text = format!("COALESCE(CAST({c} AS TEXT), '')");
                            format!("CASE typeof({c}) WHEN 'blob' THEN hex({c}) ELSE {text} END")
                        })
                        .collect();
                    format!("SELECT {} FROM {table}", columns.join(" || '|' || "))
                }
            };
            let found = texts(&mut connection, row).await;
            rows.extend(found.into_iter().map(|row| format!("{table}: {row}")));
        }
        rows
    }

    /// Runs `sql` past the store, as somebody who holds the database could; how many rows it touched.
    pub(crate) async fn tamper(&self, sql: &'static str) -> u64 {
        sqlx::query(sql).execute(&self.raw).await.unwrap().rows_affected()
    }
}
