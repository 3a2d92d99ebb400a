//! Many at once: editions in the order of their commits, saves that merge or say what stands against them.

use std::collections::BTreeSet;

use domain::form::{TEXTS, flatten};
use store::Store;
use store::desk::{Conflict, Saved};

use super::support::{People, TODAY, at, each_engine, fields, number, open, save, texts, verified};
use super::thread::assert_editions_without_gaps;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_publish_at_once_and_the_editions_follow_the_commits() {
    each_engine("twenty_publish_at_once", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let mut cases = Vec::new();
        for _ in 0..20 {
            cases.push(verified(store, &people).await);
        }
        let tasks: Vec<_> = cases
            .into_iter()
            .map(|id| {
                let (store, by, gazetteer) = (store.clone(), people.second.clone(), people.gazetteer.clone());
                tokio::spawn(async move {
                    store.publish(&by, &id, &gazetteer, &crate::support::key(), TODAY, at(5)).await.unwrap()
                })
            })
            .collect();
        // A reader in between never sees an edition before the ones below it.
        while tasks.iter().any(|task| !task.is_finished()) {
            let head = store.head().await.unwrap();
            let editions = store.live(head, TODAY).editions(None, 50).await.unwrap();
            assert_eq!(editions.len() as i64, head.edition);
            assert!(editions.iter().all(|edition| edition.title.is_some()));
            tokio::task::yield_now().await;
        }
        let mut given = Vec::new();
        for task in tasks {
            given.push(task.await.unwrap());
        }
        given.sort_by_key(|published| published.edition);
        let editions: Vec<i64> = given.iter().map(|p| p.edition).collect();
        assert_eq!(editions, (1..=20).collect::<Vec<i64>>());
        let references: BTreeSet<&str> = given.iter().map(|p| p.reference.as_str()).collect();
        assert_eq!(references.len(), 20);
        assert_eq!(references.first().copied(), Some("TW-2016-0001"));
        assert_eq!(references.last().copied(), Some("TW-2016-0020"));
        assert_editions_without_gaps(world).await;
        // The log was written in the order of the commits.
        let mut connection = world.raw.acquire().await.unwrap();
        let log = "SELECT detail FROM desk_audit WHERE act = 'published' ORDER BY number".to_owned();
        let log = texts(&mut connection, log).await;
        assert_eq!(log.len(), 20);
        for (detail, published) in log.iter().zip(&given) {
            assert!(detail.contains(&published.reference), "{detail} {published:?}");
        }
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_case_is_published_once_however_many_press_the_button() {
    each_engine("one_case_is_published_once", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = verified(store, &people).await;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (store, by, gazetteer) = (store.clone(), people.second.clone(), people.gazetteer.clone());
                let id = id.clone();
                tokio::spawn(async move {
                    store.publish(&by, &id, &gazetteer, &crate::support::key(), TODAY, at(5)).await.is_ok()
                })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            done += i32::from(task.await.unwrap());
        }
        assert_eq!(done, 1);
        assert_eq!(number(world, "SELECT COUNT(*) FROM record_incident").await, 1);
        assert_editions_without_gaps(world).await;
    })
    .await;
}

#[tokio::test]
async fn disjoint_changes_merge_and_the_same_field_twice_is_a_conflict() {
    each_engine("disjoint_changes_merge", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, at_first) = (open(store, &people).await, 2);
        let (one, two) = (&people.researcher, &people.first);
        let mine = fields(&[("law", "Act 7"), ("outcome", "Lifted.")]);
        let saved = store.save(one, &id, at_first, &mine, false, at(3)).await.unwrap();
        assert_eq!(saved, Saved::At(3));
        // Based on the same revision, another field: merged.
        let theirs = fields(&[("article", "4"), ("sources.1.url", "https://example.org/second")]);
        assert_eq!(store.save(two, &id, at_first, &theirs, false, at(3)).await.unwrap(), Saved::At(4));
        let draft = store.case(one, &id).await.unwrap().0.draft;
        assert_eq!((draft.law.as_str(), draft.article.as_str()), ("Act 7", "4"));
        assert_eq!(draft.sources.len(), 2);
        // The same field: both texts are told and nothing of it is written, not even what would have merged.
        let against = fields(&[("law", "Act 9"), ("decision", "No. 12")]);
        let before = world.dump("desk_").await;
        let conflict = store.save(two, &id, at_first, &against, true, at(4)).await.unwrap();
        let told = Conflict { field: "law".to_owned(), mine: "Act 9".to_owned(), theirs: "Act 7".to_owned() };
        assert_eq!(conflict, Saved::Conflict { revision: 4, conflicts: vec![told] });
        assert_eq!(world.dump("desk_").await, before);
        // The same text by both is no conflict; based on what stands there now, neither is another.
        let same = fields(&[("law", "Act 7")]);
        assert_eq!(store.save(two, &id, at_first, &same, false, at(4)).await.unwrap(), Saved::At(4));
        assert_eq!(store.save(two, &id, 4, &against, false, at(5)).await.unwrap(), Saved::At(5));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_save_at_once_and_no_acknowledged_word_is_lost() {
    each_engine("twenty_save_at_once", async |world| {
        const SAVES: i64 = 15;
        let (store, people) = (&world.store, People::join(&world.store).await);
        let shared = open(store, &people).await;
        let start = save(store, &people.researcher, &shared, &[("language", "en")]).await;
        // A second program on the same database, as a command is beside the server.
        let beside = Store::open_url(&world.url).await.unwrap();
        let names: Vec<&str> = TEXTS.iter().copied().filter(|name| *name != "language").take(20).collect();
        assert_eq!(names.len(), 20);
        let tasks: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(i, &name)| {
                let store = if i % 4 == 0 { beside.clone() } else { store.clone() };
                let (by, id) = (people.researcher.clone(), shared.clone());
                tokio::spawn(async move {
                    // Each knows only the revisions that its own saves gave it, as one open page does.
                    let mut base = start;
                    for n in 1..=SAVES {
                        let typed = fields(&[(name, &format!("{name} {n}"))]);
                        match store.save(&by, &id, base, &typed, n % 5 == 0, at(n)).await.unwrap() {
                            Saved::At(revision) => base = revision,
                            conflict => panic!("{conflict:?}"),
                        }
                        let read = store.case(&by, &id).await.unwrap().0;
                        assert_eq!(flatten(&read.draft)[name], format!("{name} {n}"));
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        beside.close().await;
        let case = store.case(&people.first, &shared).await.unwrap().0;
        assert_eq!(case.revision, start + 20 * SAVES);
        for name in names {
            assert_eq!(flatten(&case.draft)[name], format!("{name} {SAVES}"));
        }
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
