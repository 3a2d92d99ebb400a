//! Any text that an address or a form can carry is answered alike by both engines.

use domain::incident::Draft;
use store::desk::{Saved, note_hash};
use store::record::{After, IncidentAnswer, IncidentFilter};

use super::support::{People, TODAY, at, each_engine, fields, published, save};
use super::thread::live;

/// PostgreSQL keeps no zero byte in a text, and `%00` is a legal part of an address.
const ODD: &[&str] = &["\0", "TW-2016-0001\0", "'", "''; --", "\u{FFFD}", "%", "_", "\u{202E}x", "𐍈", ""];

#[tokio::test]
async fn odd_texts_in_addresses_find_nothing_and_break_nothing() {
    each_engine("odd_texts_in_addresses_find_nothing_and_break_nothing", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        published(store, &people).await;
        let record = live(world).await;
        for odd in ODD {
            assert_eq!(record.incident(odd).await.unwrap(), None, "{odd:?}");
            assert_eq!(record.treaty(odd).await.unwrap(), None);
            assert!(record.provisions(odd).await.unwrap().is_empty());
            assert!(record.actions_under_treaty(odd).await.unwrap().is_empty());
            assert!(record.observations(odd, &[]).await.unwrap().is_empty());
            let after = After { start: (*odd).to_owned(), reference: (*odd).to_owned() };
            let filter =
                IncidentFilter { treaty: Some(format!("x{odd}")), after: Some(after), ..Default::default() };
            assert!(record.incidents(&filter).await.unwrap().is_empty());
            assert_eq!(store.case_of_reference(odd).await.unwrap(), None);
            assert!(store.sign_in(odd).await.unwrap().is_none());
            assert!(store.session(odd, Default::default(), at(1)).await.unwrap().is_none());
            assert!(store.case(&people.first, odd).await.is_err());
        }
        assert!(matches!(record.incident("TW-2016-0001").await.unwrap(), Some(IncidentAnswer::Published(_))));
    })
    .await;
}

#[tokio::test]
async fn odd_texts_in_forms_are_kept() {
    each_engine("odd_texts_in_forms_are_kept", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let me = &people.researcher;
        for odd in ODD {
            let id = store.new_case(me, at(1)).await.unwrap();
            let saved = store.save(me, &id, 1, &fields(&[("title", odd)]), true, at(2)).await.unwrap();
            assert!(matches!(saved, Saved::At(_)));
            let case = store.case(me, &id).await.unwrap().0;
            assert_eq!(
                case.draft,
                Draft { title: (*odd).to_owned(), language: "en".to_owned(), ..Draft::default() }
            );
            let key = store::desk::SealingKey::new([1; 32]);
            store.seal_note(me, &id, odd, &note_hash(""), &key, at(2)).await.unwrap();
            let note = store.reveal_sealed_note(me, &id, &key, at(2)).await.unwrap();
            assert_eq!(note.as_deref(), Some(*odd));
        }
        let (id, given) = published(store, &people).await;
        store.begin_correction(me, &id, "odd \0 reason", at(3)).await.unwrap();
        save(store, me, &id, &[("law", "Act 7")]).await;
        store.submit(me, &id, &people.gazetteer, TODAY, at(3)).await.unwrap();
        store.request_changes(&people.first, &id, "odd \0 note", at(4)).await.unwrap();
        assert_eq!(store.case(me, &id).await.unwrap().0.note, "odd \u{FFFD} note");
        store.retract(&people.first, &id, "odd \0 reason", at(5)).await.unwrap();
        match live(world).await.incident(&given.reference).await.unwrap() {
            Some(IncidentAnswer::Retracted(retracted)) => assert_eq!(retracted.reason, "odd \u{FFFD} reason"),
            other => panic!("{other:?}"),
        }
        store.hide(&people.first, &id, "odd \0 reason", at(6)).await.unwrap();
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
