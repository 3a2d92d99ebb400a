//! Publishing is all or nothing, wherever it is cut off: between its statements, by a table that refuses, or at any
//! moment.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use domain::case::PublicState;
use store::{Engine, StoreError};

use super::support::{People, TODAY, World, at, dynamic, each_engine, number, publish, verified};
use super::thread::{assert_editions_without_gaps, live};

/// A future that is dropped after so many polls: each await is one.
struct CutOff<F> {
    future: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Future for CutOff<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.future.as_mut().poll(context).map(Some)
    }
}

/// The record and the case say the same: all of it, or nothing. Whether it was published.
async fn all_or_nothing(world: &World, people: &People, id: &str, editions_before: i64) -> bool {
    // Waits for what was cut off to be taken back, or to be done after all.
    world.tamper("UPDATE record_head SET edition = edition").await;
    let case = world.store.case(&people.second, id).await.unwrap().0;
    let edition = world.store.head().await.unwrap().edition;
    let done = case.public_state == PublicState::Published;
    assert_eq!(edition, editions_before + i64::from(done));
    assert_eq!(case.reference.is_some(), done);
    assert_eq!(case.working_state.is_none(), done);
    if let Some(reference) = &case.reference {
        assert!(live(world).await.incident(reference).await.unwrap().is_some());
    }
    assert_editions_without_gaps(world).await;
    assert_eq!(number(world, "SELECT COUNT(*) FROM record_incident").await, edition);
    assert_eq!(number(world, "SELECT COALESCE(MAX(last), 0) FROM desk_reference").await, edition);
    let log = "SELECT COUNT(*) FROM desk_audit WHERE act = 'published'";
    assert_eq!(number(world, log).await, edition);
    assert!(world.store.verify_audit().await.unwrap().is_ok());
    done
}

#[tokio::test]
async fn publishing_cut_off_between_its_statements_is_all_or_nothing() {
    each_engine("publishing_cut_off_between_its_statements", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let mut id = verified(store, &people).await;
        let (mut cut, mut published) = (0, 0);
        // How many polls it takes depends on how busy the machine is: around and around until each number was tried.
        for polls in (1..=25).cycle().take(75) {
            let key = crate::support::key();
            let future = store.publish(&people.second, &id, &people.gazetteer, &key, TODAY, at(5));
            let ended = CutOff { future: Box::pin(future), polls }.await;
            if all_or_nothing(world, &people, &id, published).await {
                let again = store
                    .publish(&people.second, &id, &people.gazetteer, &crate::support::key(), TODAY, at(6))
                    .await;
                assert!(matches!(again, Err(StoreError::Forbidden)), "{again:?}");
                published += 1;
                id = verified(store, &people).await;
            } else {
                assert!(ended.is_none(), "{ended:?}");
                cut += 1;
            }
        }
        println!("{cut} cut off, {published} published");
        assert!(cut > 0);
    })
    .await;
}

/// What publishing writes, in the order of its statements.
const WRITTEN: [&str; 9] = [
    "record_head",
    "desk_case",
    "desk_reference",
    "record_incident",
    "record_incident_facet",
    "record_edition",
    "desk_case_version",
    "desk_audit_head",
    "desk_audit",
];

#[tokio::test]
async fn publishing_that_any_one_table_refuses_is_nothing() {
    each_engine("publishing_that_any_one_table_refuses_is_nothing", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = verified(store, &people).await;
        let before = (world.dump("record_").await, world.dump("desk_").await);
        for table in WRITTEN {
            for act in ["INSERT", "UPDATE"] {
                refuse(world, table, act).await;
            }
            let refused = store
                .publish(&people.second, &id, &people.gazetteer, &crate::support::key(), TODAY, at(5))
                .await;
            assert!(matches!(refused, Err(StoreError::Database(_))), "{table}: {refused:?}");
            for act in ["INSERT", "UPDATE"] {
                accept_again(world, table, act).await;
            }
            assert!(!all_or_nothing(world, &people, &id, 0).await, "{table}");
            assert_eq!((world.dump("record_").await, world.dump("desk_").await), before, "{table}");
        }
        publish(store, &people, &id).await;
        assert!(all_or_nothing(world, &people, &id, 0).await);
    })
    .await;
}

/// Makes `table` refuse every `act`, as a full disk would.
pub(crate) async fn refuse(world: &World, table: &str, act: &str) {
    let trigger = match world.store.engine() {
        Engine::Sqlite => format!(
            "CREATE TRIGGER refuse_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END"
        ),
        Engine::Postgres => format!(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'refused'; END $$; \
             CREATE TRIGGER refuse_{act} BEFORE {act} ON {table} EXECUTE FUNCTION refuse()"
        ),
    };
    sqlx::raw_sql(dynamic(trigger)).execute(&world.raw).await.unwrap();
}

pub(crate) async fn accept_again(world: &World, table: &str, act: &str) {
    let drop = match world.store.engine() {
        Engine::Sqlite => format!("DROP TRIGGER refuse_{act}"),
        Engine::Postgres => format!("DROP TRIGGER refuse_{act} ON {table}"),
    };
    sqlx::raw_sql(dynamic(drop)).execute(&world.raw).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn publishing_aborted_at_any_moment_is_all_or_nothing() {
    each_engine("publishing_aborted_at_any_moment", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let mut id = verified(store, &people).await;
        let begun = Instant::now();
        publish(store, &people, &id).await;
        let whole = begun.elapsed();
        id = verified(store, &people).await;
        let (mut published, mut aborted) = (1, 0);
        for _ in 0..100 {
            let (task_store, by, gazetteer) =
                (store.clone(), people.second.clone(), people.gazetteer.clone());
            let case = id.clone();
            let task = tokio::spawn(async move {
                task_store.publish(&by, &case, &gazetteer, &crate::support::key(), TODAY, at(5)).await
            });
            tokio::time::sleep(random_part_of(whole)).await;
            task.abort();
            let ended = task.await;
            if all_or_nothing(world, &people, &id, published).await {
                published += 1;
                id = verified(store, &people).await;
            } else {
                assert!(ended.is_err_and(|error| error.is_cancelled()));
                aborted += 1;
            }
        }
        println!("{aborted} aborted, {published} published");
        assert!(aborted > 0);
    })
    .await;
}

/// Anything up to a little more than all of it.
fn random_part_of(whole: Duration) -> Duration {
    let mut random = [0u8; 2];
    getrandom::fill(&mut random).unwrap();
    whole * u32::from(u16::from_le_bytes(random)) / 50_000
}
