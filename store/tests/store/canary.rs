//! The canary: what was never published is in no table of the record, and a sealed note is nowhere in the clear.

use domain::form::{LISTS, TEXTS};
use store::desk::{SealingKey, note_hash};

use super::support::{
    FOR_PUBLISHING, People, TODAY, World, at, each_engine, open, publish, save, seen, verified,
};

/// Begins every marker, so that one look finds any of them.
const MARK: &str = "canary-5d0c";

async fn assert_public_is_clean(world: &World) {
    for row in world.dump("record_").await {
        assert!(!row.contains(MARK), "{row}");
    }
}

#[tokio::test]
async fn nothing_private_is_in_the_record_after_publishing() {
    each_engine("nothing_private_is_in_the_record_after_publishing", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let marker = |of: &str| format!("{MARK}-{of}");
        let key = SealingKey::new([7; 32]);
        let (me, id) = (&people.researcher, open(store, &people).await);
        store.seal_note(me, &id, &marker("sealed"), &note_hash(""), &key, at(2)).await.unwrap();
        save(store, me, &id, FOR_PUBLISHING).await;
        // The reason for naming is the reviewers' own.
        let private = [("naming", "public-figure"), ("naming_reason", &marker("naming"))];
        save(store, me, &id, &private).await;
        // Typed and taken out again.
        save(store, me, &id, &[("outcome", &marker("earlier"))]).await;
        save(store, me, &id, &[("outcome", "")]).await;
        store.submit(me, &id, &people.gazetteer, TODAY, at(3)).await.unwrap();
        store.request_changes(&people.first, &id, &marker("note"), at(4)).await.unwrap();
        store.submit(me, &id, &people.gazetteer, TODAY, at(5)).await.unwrap();
        let hash = seen(store, &people.first, &id).await;
        store.verify(&people.first, &id, &hash, &people.gazetteer, TODAY, at(6)).await.unwrap();
        publish(store, &people, &id).await;
        assert_public_is_clean(world).await;

        // A correction that is not published yet, with every field of the form.
        store.begin_correction(me, &id, &marker("correction"), at(7)).await.unwrap();
        let texts: Vec<(String, String)> = TEXTS.iter().map(|n| ((*n).to_owned(), marker(n))).collect();
        let lists = LISTS.iter().map(|n| (format!("{n}.0"), marker(n)));
        let groups = ["actors.0.name", "actors.0.role", "sources.0.url", "sources.0.title"];
        let groups = groups.iter().map(|n| ((*n).to_owned(), marker(n)));
        let all: Vec<_> = texts.into_iter().chain(lists).chain(groups).collect();
        let pairs: Vec<(&str, &str)> = all.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        save(store, me, &id, &pairs).await;
        // Another case with the same, and an edition published beside both.
        let other = open(store, &people).await;
        save(store, me, &other, &pairs).await;
        let third = verified(store, &people).await;
        publish(store, &people, &third).await;
        store.hide(&people.first, &third, &marker("hidden"), at(8)).await.unwrap();
        store.restore(&people.second, &third, &marker("restored"), at(9)).await.unwrap();
        assert_public_is_clean(world).await;
        // The look does find what is there.
        assert!(world.dump("desk_").await.iter().any(|row| row.contains(&marker("naming"))));

        for who in ["example.org", "Harbour Watch", people.researcher.id.as_str(), "harbour"] {
            let public = world.dump("record_").await;
            let named = public.iter().filter(|row| !row.contains("https://example.org/"));
            assert!(named.into_iter().all(|row| !row.contains(who)), "{who}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_sealed_note_is_in_the_clear_nowhere() {
    each_engine("a_sealed_note_is_in_the_clear_nowhere", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let key = SealingKey::new([7; 32]);
        let sealed = format!("{MARK}-sealed");
        let id = open(store, &people).await;
        save(store, &people.researcher, &id, &[("outcome", "in-the-clear-5d0c")]).await;
        store.seal_note(&people.researcher, &id, &sealed, &note_hash(""), &key, at(2)).await.unwrap();
        let text = store.reveal_sealed_note(&people.first, &id, &key, at(3)).await.unwrap();
        assert_eq!(text.as_deref(), Some(sealed.as_str()));
        let as_bytes: String = MARK.bytes().map(|byte| format!("{byte:02x}")).collect();
        for row in world.dump("").await {
            assert!(!row.contains(MARK) && !row.to_lowercase().contains(&as_bytes), "{row}");
        }
        let Some(folder) = &world.folder else { return };
        let mut found_clear_text = false;
        for closed in [false, true] {
            if closed {
                world.raw.close().await;
                store.close().await;
            }
            for file in std::fs::read_dir(folder.path()).unwrap() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                let holds = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
                assert!(!holds(MARK));
                found_clear_text |= holds("in-the-clear-5d0c");
            }
        }
        assert!(found_clear_text, "the look does find what is there");
    })
    .await;
}
