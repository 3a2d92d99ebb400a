//! Publishing is all or nothing, wherever it is cut off: between any two statements, or at any moment.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use domain::case::PublicState;
use store::StoreError;

use super::support::{People, TODAY, World, at, each_engine, number, publish, verified};
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
async fn publishing_cut_off_between_any_two_statements_is_all_or_nothing() {
    each_engine("publishing_cut_off_between_any_two_statements", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = verified(store, &people).await;
        let mut polls = 0;
        let mut cut = 0;
        loop {
            polls += 1;
            let future = store.publish(&people.second, &id, &people.gazetteer, TODAY, at(5));
            let ended = CutOff { future: Box::pin(future), polls }.await;
            if all_or_nothing(world, &people, &id, 0).await {
                println!("{ended:?} after {polls} polls");
                break;
            }
            assert!(ended.is_none(), "{ended:?}");
            cut += 1;
            assert!(cut < 2000);
        }
        println!("cut off {cut} times before it went through");
        assert!(cut > 15, "it was cut off at {cut} places only");
        let again = store.publish(&people.second, &id, &people.gazetteer, TODAY, at(6)).await;
        assert!(matches!(again, Err(StoreError::Forbidden)), "{again:?}");
    })
    .await;
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
            let task =
                tokio::spawn(async move { task_store.publish(&by, &case, &gazetteer, TODAY, at(5)).await });
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
