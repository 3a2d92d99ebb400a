//! Replies from outside: sealed part by part, erased after a time, published by two.

use domain::reply::{Answer, Outcome, Reply, ReplyKind, ReplyState, Words};
use store::StoreError;
use store::desk::{MOST_WAITING, Received, SealingKey};

use super::killed::{accept_again, refuse};
use super::support::{People, TODAY, World, at, each_engine, key, published};

fn reply(kind: ReplyKind) -> Reply {
    let words = Words {
        text: "A fictional sentence.".to_owned(),
        source: "https://example.org/fictional-source".to_owned(),
        name: "Fictional Name".to_owned(),
        may_name: false,
    };
    Reply { kind, words, contact: "fictional-contact".to_owned() }
}

fn answer(outcome: Outcome) -> Answer {
    let text = |needed: bool, text: &str| if needed { text.to_owned() } else { String::new() };
    Answer {
        outcome,
        words: text(outcome == Outcome::Published, "Chosen words."),
        party: String::new(),
        reason: "A reason.".to_owned(),
        edition: None,
    }
}

async fn receive(world: &World, reference: &str, kind: ReplyKind, minute: i64) -> String {
    match world.store.receive_reply(reference, &reply(kind), &key(), at(minute)).await.unwrap() {
        Received::Kept(token) => token,
        _ => panic!("it was not kept"),
    }
}

#[tokio::test]
async fn what_somebody_wrote_is_in_the_clear_nowhere_and_opens_with_its_key_alone() {
    each_engine("what_somebody_wrote_is_in_the_clear_nowhere", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (_, incident) = published(store, &people).await;
        receive(world, &incident.reference, ReplyKind::Reply, 10).await;
        for row in world.dump("").await {
            let said = ["fictional sentence", "fictional-source", "Fictional Name", "fictional-contact"];
            assert!(said.iter().all(|said| !row.contains(said)), "{row}");
        }
        let line = store.open_replies(&people.first).await.unwrap().remove(0);
        let open = store.reply(&people.first, &line.id, &key()).await.unwrap();
        assert_eq!(open.words.unwrap().text, "A fictional sentence.");
        let other = SealingKey::new([9; 32]);
        assert!(matches!(store.reply(&people.first, &line.id, &other).await, Err(StoreError::UnknownKey(_))));
        // One part put in the other's place does not open.
        let swap = "UPDATE desk_reply_sealed SET ciphertext = (SELECT ciphertext FROM desk_reply_sealed \
             WHERE part = 'contact') WHERE part = 'words'";
        world.tamper(swap).await;
        assert!(matches!(store.reply(&people.first, &line.id, &key()).await, Err(StoreError::Sealed)));
    })
    .await;
}

#[tokio::test]
async fn the_contact_goes_with_the_answer_and_the_words_some_time_after() {
    each_engine("the_contact_goes_with_the_answer_and_the_words_some_time_after", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (_, incident) = published(store, &people).await;
        let parts = async || world.dump("desk_reply_sealed").await.len();
        let days = |n: i64| at(10) + jiff::SignedDuration::from_hours(24 * n);
        receive(world, &incident.reference, ReplyKind::Removal, 10).await;
        receive(world, &incident.reference, ReplyKind::Reply, 10).await;
        assert_eq!(parts().await, 4);
        let lines = store.open_replies(&people.first).await.unwrap();
        let id = |kind: ReplyKind| lines.iter().find(|line| line.kind == kind).unwrap().id.clone();
        let state =
            store.answer_reply(&people.first, &id(ReplyKind::Removal), &answer(Outcome::Done), at(11)).await;
        assert_eq!(state.unwrap(), ReplyState::Answered);
        assert_eq!(parts().await, 3, "the contact is gone, the words stay for now");
        assert_eq!(store.forget_replies(days(89)).await.unwrap(), 0);
        assert_eq!(store.forget_replies(days(91)).await.unwrap(), 1, "the words of the answered one");
        assert_eq!(
            store.forget_replies(days(181)).await.unwrap(),
            1,
            "the contact of the one nobody answered"
        );
        let open = store.reply(&people.first, &id(ReplyKind::Reply), &key()).await.unwrap();
        assert!(open.words.is_some() && !open.has_contact);
        // What is no reply goes at once.
        store
            .answer_reply(&people.first, &id(ReplyKind::Reply), &answer(Outcome::Spam), at(12))
            .await
            .unwrap();
        assert_eq!(parts().await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_published_by_another_person_as_it_was_seen_or_not_at_all() {
    each_engine("an_answer_is_published_by_another_person_as_it_was_seen", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (_, incident) = published(store, &people).await;
        let token = receive(world, &incident.reference, ReplyKind::Reply, 10).await;
        let id = store.open_replies(&people.first).await.unwrap().remove(0).id;
        let publish = async |member, seen: &str| store.publish_reply(member, &id, seen, at(12)).await;
        assert!(matches!(publish(&people.second, "x").await, Err(StoreError::WrongState)));
        store.answer_reply(&people.first, &id, &answer(Outcome::Published), at(11)).await.unwrap();
        let seen = store.open_replies(&people.first).await.unwrap().remove(0).seen();
        assert!(matches!(publish(&people.first, &seen).await, Err(StoreError::Forbidden)));
        assert!(matches!(publish(&people.researcher, &seen).await, Err(StoreError::Forbidden)));
        assert!(matches!(publish(&people.stranger, &seen).await, Err(StoreError::NotFound)));
        let other = Answer { reason: "Another reason.".to_owned(), ..answer(Outcome::Published) };
        store.answer_reply(&people.first, &id, &other, at(11)).await.unwrap();
        assert!(matches!(publish(&people.second, &seen).await, Err(StoreError::ChangedSinceVerified)));
        let seen = store.open_replies(&people.first).await.unwrap().remove(0).seen();
        let before = world.dump("").await;
        // Whatever table refuses, nothing is half done.
        refuse(world, "desk_audit", "INSERT").await;
        publish(&people.second, &seen).await.unwrap_err();
        accept_again(world, "desk_audit", "INSERT").await;
        assert_eq!(world.dump("").await, before);
        assert_eq!(publish(&people.second, &seen).await.unwrap(), incident.edition + 1);
        let receipt = store.receipt(&token).await.unwrap().unwrap();
        assert!(receipt.is_shown && receipt.answer.unwrap().reason == "Another reason.");
        let record = store.live(store.head().await.unwrap(), TODAY);
        let Some(store::record::IncidentAnswer::Published(public)) =
            record.incident(&incident.reference).await.unwrap()
        else {
            panic!("it is published");
        };
        assert_eq!(public.replies[0].words, "Chosen words.");
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn no_more_replies_wait_than_somebody_can_read() {
    each_engine("no_more_replies_wait_than_somebody_can_read", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (_, incident) = published(store, &people).await;
        for minute in 0..MOST_WAITING {
            receive(world, &incident.reference, ReplyKind::Reply, 10 + minute).await;
        }
        let one = reply(ReplyKind::Reply);
        let more = async || store.receive_reply(&incident.reference, &one, &key(), at(500)).await.unwrap();
        assert!(more().await == Received::Full);
        let id = store.open_replies(&people.first).await.unwrap().remove(0).id;
        store.answer_reply(&people.first, &id, &answer(Outcome::Spam), at(501)).await.unwrap();
        assert!(matches!(more().await, Received::Kept(_)));
    })
    .await;
}
