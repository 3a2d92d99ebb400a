//! Publishing at a time: by the same door, with everything checked again when the time comes.

use domain::queue::{Section, TakenOff};
use store::desk::{Member, SealingKey};
use store::publish::Published;
use store::{Store, StoreError};

use super::support::{People, TODAY, World, at, each_engine, save, verified};

async fn due(store: &Store, people: &People, minute: i64) -> Vec<Published> {
    store.publish_due(&people.gazetteer, &SealingKey::new([7; 32]), TODAY, at(minute)).await.unwrap()
}

/// Why the case is not published at its time, as the queue of `member` says it.
async fn said(store: &Store, member: &Member, id: &str) -> Option<(Section, Option<TakenOff>)> {
    let queue = store.queue(member).await.unwrap();
    let found = |(section, lines): (Section, Vec<store::desk::QueueLine>)| {
        lines.into_iter().find(|line| line.case == id).map(|line| (section, line.taken_off))
    };
    queue.into_iter().find_map(found)
}

async fn edition(world: &World) -> i64 {
    world.store.head().await.unwrap().edition
}

#[tokio::test]
async fn what_was_set_is_published_when_it_is_due_and_once() {
    each_engine("what_was_set_is_published_when_it_is_due_and_once", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = verified(store, &people).await;
        let past = store.schedule(&people.second, &id, at(5), at(6)).await;
        assert!(matches!(past, Err(StoreError::Refused(_))), "{past:?}");
        let not_theirs = store.schedule(&people.researcher, &id, at(60), at(6)).await;
        assert!(matches!(not_theirs, Err(StoreError::Forbidden)), "{not_theirs:?}");
        store.schedule(&people.second, &id, at(60), at(6)).await.unwrap();
        assert_eq!(said(store, &people.first, &id).await, Some((Section::Scheduled, None)));
        assert!(due(store, &people, 59).await.is_empty());
        assert_eq!(edition(world).await, 0);
        // Long after: nothing served meanwhile.
        let published = due(store, &people, 600).await;
        assert_eq!((published.len(), published[0].edition), (1, 1));
        assert!(due(store, &people, 601).await.is_empty());
        assert_eq!(edition(world).await, 1);
        let log = world.dump("desk_audit").await.join("\n");
        assert!(log.contains("published at its time") && log.contains(&people.second.id), "{log}");

        // Taken back in time by another reviewer.
        let id = verified(store, &people).await;
        store.schedule(&people.second, &id, at(700), at(602)).await.unwrap();
        store.unschedule(&people.first, &id, at(603)).await.unwrap();
        assert!(due(store, &people, 800).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn any_change_takes_it_off_and_the_queue_says_so() {
    each_engine("any_change_takes_it_off_and_the_queue_says_so", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = verified(store, &people).await;
        store.schedule(&people.second, &id, at(60), at(6)).await.unwrap();
        save(store, &people.researcher, &id, &[("outcome", "Changed since.")]).await;
        let waits = said(store, &people.first, &id).await;
        assert_eq!(waits, Some((Section::Review, Some(TakenOff::Changed))), "at once");
        // Verified anew it is still not what was decided on.
        let seen = super::support::seen(store, &people.first, &id).await;
        store.verify(&people.first, &id, &seen, &people.gazetteer, TODAY, at(7)).await.unwrap();
        assert!(due(store, &people, 60).await.is_empty());
        assert_eq!(edition(world).await, 0);
        let waits = said(store, &people.second, &id).await;
        assert_eq!(waits, Some((Section::Publish, Some(TakenOff::Changed))));
        assert!(due(store, &people, 61).await.is_empty(), "nor is it tried again");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_publish_any_more_does_not_publish_at_a_time_either() {
    each_engine("who_may_not_publish_any_more_does_not_publish_at_a_time", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        for tampering in [
            "UPDATE desk_member SET disabled = 1 WHERE email = 'second@example.org'",
            "UPDATE desk_membership SET role = 'researcher' WHERE member = \
             (SELECT id FROM desk_member WHERE email = 'second@example.org')",
        ] {
            let id = verified(store, &people).await;
            store.schedule(&people.second, &id, at(60), at(6)).await.unwrap();
            assert_eq!(world.tamper(tampering).await, 1);
            assert!(due(store, &people, 60).await.is_empty());
            assert_eq!(edition(world).await, 0);
            let waits = said(store, &people.first, &id).await;
            assert_eq!(waits, Some((Section::Publish, Some(TakenOff::Member))), "{tampering}");
            world.tamper("UPDATE desk_member SET disabled = 0").await;
        }
    })
    .await;
}
