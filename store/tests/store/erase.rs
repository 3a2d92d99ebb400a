//! Erasure and redaction at the desk: what was taken back is in no table, no file and no page of the database's file, and the
//! log still verifies.

use domain::case::Withdrawal;
use store::StoreError;
use store::desk::{NewEvidence, SealingKey, note_hash};
use store::record::IncidentAnswer;

use super::support::{
    FOR_PUBLISHING, People, TODAY, World, at, each_engine, number, open, publish, save, seen, verified,
};
use super::thread::live;

/// Begins everything that has to go.
const MARK: &str = "canary-91e7";

fn marker(of: &str) -> String {
    format!("{MARK}-{of}")
}

/// A published, disputed, corrected case with a marker in everything that a case has; its id, reference and evidence object.
async fn full(world: &World, people: &People) -> (String, String, String) {
    let (store, key) = (&world.store, SealingKey::new([7; 32]));
    let (me, id) = (&people.researcher, open(store, people).await);
    save(store, me, &id, FOR_PUBLISHING).await;
    let (title, outcome) = (marker("title"), marker("outcome"));
    save(store, me, &id, &[("title", title.as_str()), ("outcome", &outcome)]).await;
    store.seal_note(me, &id, &marker("sealed"), &note_hash(""), &key, at(2)).await.unwrap();
    let mut writer = world.files.begin().await.unwrap();
    writer.write(marker("file").as_bytes()).await.unwrap();
    let file = writer.finish().await.unwrap();
    let new = NewEvidence { name: &marker("name"), media_type: "text/plain", file: &file, copy: None };
    store.add_evidence(me, &id, new, &key, at(2)).await.unwrap();
    store.comment(me, &id, "outcome", &marker("comment"), at(2)).await.unwrap();
    store.submit(me, &id, &people.gazetteer, TODAY, at(3)).await.unwrap();
    store.request_changes(&people.first, &id, &marker("note"), at(3)).await.unwrap();
    store.submit(me, &id, &people.gazetteer, TODAY, at(4)).await.unwrap();
    let hash = seen(store, &people.first, &id).await;
    store.verify(&people.first, &id, &hash, &people.gazetteer, TODAY, at(5)).await.unwrap();
    let reference = publish(store, people, &id).await.reference;
    store.dispute(&people.first, &id, &marker("disputed-by"), &marker("dispute"), at(8)).await.unwrap();
    store.hide(&people.first, &id, &marker("hidden"), at(8)).await.unwrap();
    store.restore(&people.second, &id, &marker("restored"), at(9)).await.unwrap();
    store.begin_correction(me, &id, &marker("correction"), at(9)).await.unwrap();
    save(store, me, &id, &[("outcome", &marker("again"))]).await;
    (id, reference, file.object)
}

/// Rows of all tables that hold `text`.
async fn holding(world: &World, text: &str) -> Vec<String> {
    world.dump("").await.into_iter().filter(|row| row.contains(text)).collect()
}

#[tokio::test]
async fn what_is_erased_is_in_no_table_no_file_and_no_page() {
    each_engine("what_is_erased_is_in_no_table_no_file_and_no_page", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let other = verified(store, &people).await;
        let untouched = publish(store, &people, &other).await.reference;
        let (id, reference, object) = full(world, &people).await;
        assert!(holding(world, MARK).await.len() > 8, "the look does find what is there");
        let head = store.head().await.unwrap();

        let leftovers = store.erase(&reference, "Somebody is at risk.", at(20)).await.unwrap();
        assert_eq!(leftovers.objects, [object]);
        for object in &leftovers.objects {
            world.files.remove(object).await.unwrap();
        }
        assert_eq!(holding(world, MARK).await, Vec::<String>::new());
        // Nor is the case named any more, in whatever table somebody adds one day; but for who erased what, in the log.
        let named = holding(world, &id).await;
        assert_eq!(named, Vec::<String>::new());
        let of_reference = holding(world, &reference).await;
        assert_eq!(of_reference.len(), 2, "that it was erased, and the log's last entry: {of_reference:?}");
        assert!(store.evidence_objects().await.unwrap().is_empty());

        let now = store.head().await.unwrap();
        assert_eq!((now.edition, now.withdrawals), (head.edition, head.withdrawals + 1));
        for edition in 1..=now.edition {
            let record = store.as_of(now, edition).await.unwrap().unwrap();
            assert_eq!(record.incident(&reference).await.unwrap(), Some(IncidentAnswer::Erased));
            let lines = record.incidents(&Default::default()).await.unwrap();
            assert!(lines.iter().all(|line| line.reference == untouched));
            for edition in record.editions(None, 50).await.unwrap() {
                assert!(edition.reference.is_none_or(|it| it == untouched) && edition.reason.is_empty());
            }
        }
        // The chain is whole, and says that it was erased.
        let entries = number(world, "SELECT COUNT(*) FROM desk_audit").await;
        assert_eq!(store.verify_audit().await.unwrap().unwrap(), entries);
        let acts = world.dump("desk_audit").await.join("\n");
        assert!(acts.contains("case erased") && acts.contains("Somebody is at risk."), "{acts}");
        // It cannot be erased twice, and its number is not given again.
        let twice = store.erase(&reference, "", at(21)).await;
        assert!(matches!(twice, Err(StoreError::NotFound)), "{twice:?}");
        let next = verified(store, &people).await;
        assert_ne!(publish(store, &people, &next).await.reference, reference);

        let Some(folder) = &world.folder else { return };
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(MARK.len()).any(|w| w == MARK.as_bytes());
            assert!(!found, "{} still holds it", path.display());
        }
    })
    .await;
}

#[tokio::test]
async fn two_persons_erase_from_the_desk() {
    each_engine("two_persons_erase_from_the_desk", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, reference, _) = full(world, &people).await;
        let ask = async |by, at| {
            store.ask_withdrawal(by, &id, Withdrawal::Erase, "", "Somebody is at risk.", at).await
        };
        ask(&people.researcher, at(10)).await.unwrap();
        let waiting = store.withdrawals(&people.first, &id).await.unwrap();
        assert_eq!(
            (waiting.len(), waiting[0].begun.clone()),
            (1, None),
            "a researcher asks and begins nothing"
        );
        let withdrawal = waiting[0].id.clone();
        let confirm = async |by, at| store.confirm_withdrawal(by, &id, &withdrawal, at).await;
        let unbegun = confirm(&people.second, at(11)).await;
        assert!(matches!(unbegun, Err(StoreError::WrongState)), "{unbegun:?}");
        ask(&people.first, at(11)).await.unwrap();
        for (who, member) in [("the first", &people.first), ("a researcher", &people.researcher)] {
            let refused = confirm(member, at(12)).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)), "{who}: {refused:?}");
        }
        let theirs = confirm(&people.stranger, at(12)).await;
        assert!(matches!(theirs, Err(StoreError::NotFound)), "{theirs:?}");
        assert!(!holding(world, MARK).await.is_empty(), "nothing is done by one");
        let (act, leftovers) = confirm(&people.second, at(13)).await.unwrap();
        assert_eq!((act, leftovers.objects.len()), (Withdrawal::Erase, 1));
        assert_eq!(holding(world, MARK).await, Vec::<String>::new());
        assert_eq!(live(world).await.incident(&reference).await.unwrap(), Some(IncidentAnswer::Erased));
        assert!(store.verify_audit().await.unwrap().is_ok());
        let log = world.dump("desk_audit").await.join("\n");
        for who in [&people.first.id, &people.second.id] {
            assert!(log.contains(who.as_str()), "the log says who did it");
        }
    })
    .await;
}

#[tokio::test]
async fn a_redaction_reaches_drafts_versions_and_comments() {
    each_engine("a_redaction_reaches_drafts_versions_and_comments", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, reference, _) = full(world, &people).await;
        let before = store.case(&people.first, &id).await.unwrap().0.revision;
        store
            .ask_withdrawal(&people.first, &id, Withdrawal::Redact, "outcome", "Somebody is at risk.", at(10))
            .await
            .unwrap();
        let waiting = store.withdrawals(&people.second, &id).await.unwrap().remove(0);
        let (_, left) = store.confirm_withdrawal(&people.second, &id, &waiting.id, at(11)).await.unwrap();
        assert!(left.objects.is_empty(), "no file goes with a field");
        for of in ["outcome", "again", "comment"] {
            assert_eq!(holding(world, &marker(of)).await, Vec::<String>::new(), "{of}");
        }
        assert!(!holding(world, &marker("title")).await.is_empty(), "nothing else is touched");
        // A field of the record may be several of the form: what was said of any of them goes too.
        store.comment(&people.first, &id, "comment_from", &marker("asked"), at(11)).await.unwrap();
        store.redact(&reference, "comment", "The same.", at(11)).await.unwrap();
        assert_eq!(holding(world, &marker("asked")).await, Vec::<String>::new());
        // A form that was opened before and still holds the words is in conflict.
        let stale = [("outcome".to_owned(), marker("again"))];
        let saved = store.save(&people.researcher, &id, before, &stale, true, at(12)).await.unwrap();
        assert!(matches!(saved, store::desk::Saved::Conflict { .. }), "{saved:?}");
        store.redact(&reference, "reason", "The same.", at(12)).await.unwrap();
        for of in ["correction", "dispute", "disputed-by"] {
            assert_eq!(holding(world, &marker(of)).await, Vec::<String>::new(), "{of}");
        }
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
