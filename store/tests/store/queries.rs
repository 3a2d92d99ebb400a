//! Every query of the store is one that both engines take, and the record's reach no table of the desk.

use sqlx::{Executor, Row};
use store::{Engine, backup, desk, publish, record};

use super::support::{People, World, dynamic, each_engine, published};

#[tokio::test]
async fn every_query_prepares_on_both_engines() {
    each_engine("every_query_prepares_on_both_engines", async |world| {
        let mut connection = world.raw.acquire().await.unwrap();
        let mut all = record::queries();
        all.extend(desk::queries());
        all.extend(publish::queries());
        all.extend(backup::queries());
        assert!(all.len() > 60, "{} queries", all.len());
        for query in all {
            if let Err(error) = connection.prepare(query_text(query)).await {
                panic!("{query}\n{error}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn record_queries_find_no_desk_table() {
    each_engine("record_queries_find_no_desk_table", async |world| {
        for query in record::queries() {
            assert!(!query.contains("desk_"), "{query}");
            let plan = explain(world, query).await;
            assert!(!plan.is_empty() && !plan.contains("desk_"), "{query}\n{plan}");
        }
    })
    .await;
}

/// How the engine goes about a query, run by PostgreSQL as the role that the public pages read through.
async fn explain(world: &World, query: &'static str) -> String {
    let mut connection = world.raw.acquire().await.unwrap();
    let (explain, column) = match world.store.engine() {
        Engine::Sqlite => (format!("EXPLAIN QUERY PLAN {query}"), 3),
        Engine::Postgres => {
            let most = (1..20).filter(|n| query.contains(&format!("${n}"))).max().unwrap_or(0);
            let nulls = vec!["NULL"; most].join(", ");
            let prepare = format!(
                "SET ROLE treatywatch_record_reader; SET plan_cache_mode = force_generic_plan; \
                 DEALLOCATE ALL; PREPARE explained AS {query}"
            );
            sqlx::raw_sql(dynamic(prepare)).execute(&mut *connection).await.unwrap();
            let arguments = if most == 0 { String::new() } else { format!("({nulls})") };
            (format!("EXPLAIN EXECUTE explained{arguments}"), 0)
        }
    };
    let rows = sqlx::raw_sql(dynamic(explain)).fetch_all(&mut *connection).await.unwrap();
    // This connection took a role: it goes.
    connection.close().await.unwrap();
    rows.iter().map(|row| row.try_get::<String, _>(column).unwrap()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_record_is_read_by_a_role_that_sees_the_record_alone() {
    each_engine("the_record_is_read_by_a_role_that_sees_the_record_alone", async |world| {
        if world.store.engine() == Engine::Sqlite {
            // There are no roles; `engine::tests` shows that its readers cannot write.
            return;
        }
        let may = async |table: &str, right: &str| {
            let sql = format!(
                "SELECT CASE WHEN has_table_privilege('treatywatch_record_reader', '{table}', '{right}') \
                 THEN 1 ELSE 0 END"
            );
            let row = sqlx::query(dynamic(sql)).fetch_one(&world.raw).await.unwrap();
            row.try_get::<i64, _>(0).unwrap() == 1
        };
        for table in world.tables("").await {
            assert_eq!(may(&table, "SELECT").await, table.starts_with("record_"), "{table}");
            for right in ["INSERT", "UPDATE", "DELETE", "TRUNCATE"] {
                assert!(!may(&table, right).await, "{right} {table}");
            }
        }
        // And the store does read through it: what the role loses, the public pages lose, and the desk does not.
        let people = People::join(&world.store).await;
        let (_, published) = published(&world.store, &people).await;
        world.tamper("REVOKE SELECT ON record_head FROM treatywatch_record_reader").await;
        assert!(world.store.head().await.unwrap_err().to_string().contains("permission denied"));
        assert!(world.store.case_of_reference(&published.reference).await.unwrap().is_some());
    })
    .await;
}

fn query_text(query: &'static str) -> sqlx::SqlStr {
    sqlx::SqlSafeStr::into_sql_str(query)
}
