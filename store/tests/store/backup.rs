//! A backup is made while others publish, and is everything when it is restored on the other engine; what is not a whole
//! backup is refused, and nothing is kept of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::TryStreamExt;
use store::StoreError;
use store::backup::{End, LEFT_OUT, RestoreError, TABLES, check};
use store::desk::{NewEvidence, SealingKey, SessionTimes, note_hash};

use super::schema::columns;
use super::support::{
    People, World, at, each_direction, each_engine, number, open, publish, published, verified,
};
use super::thread::assert_editions_without_gaps;

async fn backed_up(world: &World) -> Vec<u8> {
    let mut backup = Vec::new();
    world.store.back_up(&world.files, &mut backup, at(60)).await.unwrap();
    backup
}

async fn restored(world: &World, backup: &[u8]) -> Result<End, RestoreError> {
    world.store.restore_backup(&world.files, backup, at(90)).await.map_err(|error| match error {
        StoreError::Restore(error) => error,
        other => panic!("{other}"),
    })
}

fn checked(backup: &[u8]) -> Option<RestoreError> {
    check(backup).err().map(|error| match error {
        StoreError::Restore(error) => error,
        other => panic!("{other}"),
    })
}

/// The rows of a backup with their tables, but for the log, which gets an entry by restoring.
fn rows(backup: &[u8]) -> Vec<String> {
    let (mut table, mut rows) = (String::new(), Vec::new());
    for line in std::str::from_utf8(backup).unwrap().lines().skip(1) {
        if line.starts_with("{\"table\"") {
            table = line.to_owned();
        } else if line.starts_with('[') && !table.contains("\"desk_audit") {
            rows.push(format!("{table} {line}"));
        }
    }
    rows
}

#[tokio::test]
async fn every_table_and_column_is_in_a_backup_or_left_out_for_a_reason() {
    each_engine("every_table_and_column_is_in_a_backup", async |world| {
        let mut known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        known.extend(LEFT_OUT.iter().map(|(name, _)| *name));
        known.sort_unstable();
        assert_eq!(world.tables("").await, known, "a table is neither in a backup nor left out");
        for table in TABLES {
            let there = columns(world, table.name).await;
            let mut there: Vec<_> =
                there.iter().map(|column| (column.name.as_str(), column.kind.as_str())).collect();
            let kind = |kind| match format!("{kind:?}").as_str() {
                "Text" => "TEXT",
                "Number" => "BIGINT",
                "Float" => "DOUBLE PRECISION",
                _ => "BYTEA",
            };
            let mut written: Vec<_> = table.columns.iter().map(|(name, of)| (*name, kind(*of))).collect();
            there.sort_unstable();
            written.sort_unstable();
            assert_eq!(there, written, "{}", table.name);
        }
        assert!(LEFT_OUT.iter().all(|(_, reason)| reason.len() > 20));
    })
    .await;
}

/// Something in every table that both engines could take differently.
async fn fill(world: &World, people: &People, key: &SealingKey) -> String {
    let store = &world.store;
    let (id, _) = published(store, people).await;
    published(store, people).await;
    let sealed = open(store, people).await;
    store
        .seal_note(&people.researcher, &sealed, "a fictional wïtness", &note_hash(""), key, at(6))
        .await
        .unwrap();
    store.hide(&people.first, &id, "Somebody \"at\" risk,\nin Freedonia.", at(7)).await.unwrap();
    world
        .tamper(
            "INSERT INTO record_observation (release_id, country, period, value, low, high) VALUES \
             ('made-up', 'XFR', 2016, 0.1, NULL, 1e300), ('made-up', 'XFR', 2017, 3.0, -2.2250738585072014e-308, 0.0), \
             ('made-up', 'XSY', -5, 0.30000000000000004, 1.7976931348623157e308, 5e-324)",
        )
        .await;
    sealed
}

/// A file of several parts, and one of which only the row is left on this disk.
async fn add_files(world: &World, people: &People, case: &str, key: &SealingKey) {
    for bytes in [3 << 20, 5] {
        let mut writer = world.files.begin().await.unwrap();
        writer.write(&vec![7; bytes]).await.unwrap();
        let file = writer.finish().await.unwrap();
        let new = NewEvidence { name: "made-up.txt", media_type: "text/plain", file: &file, copy: None };
        world.store.add_evidence(&people.researcher, case, new, key, at(7)).await.unwrap();
        if bytes == 5 {
            world.files.remove(&file.object).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_others_publish_is_the_same_on_the_other_engine() {
    each_direction("a_backup_made_while_others_publish", async |from, to| {
        let people = Arc::new(People::join(&from.store).await);
        let key = SealingKey::new([9; 32]);
        let sealed = fill(from, &people, &key).await;
        add_files(from, &people, &sealed, &key).await;
        let stop = Arc::new(AtomicBool::new(false));
        let publisher = {
            let (store, people, stop) = (from.store.clone(), people.clone(), stop.clone());
            tokio::spawn(async move {
                while !stop.load(Ordering::SeqCst) {
                    let id = verified(&store, &people).await;
                    publish(&store, &people, &id).await;
                }
            })
        };
        let edition = async || from.store.head().await.unwrap().edition;
        let mut backup = Vec::new();
        let mut during = 0;
        // Until somebody published while it was being made.
        while during == 0 {
            let before = edition().await;
            backup = backed_up(from).await;
            during = edition().await - before;
        }
        stop.store(true, Ordering::SeqCst);
        publisher.await.unwrap();

        assert_eq!(checked(&backup), None);
        restored(to, &backup).await.unwrap();
        // The rows of the record and of the desk are the same, in the same order, on whatever engine.
        let (read, again) = (rows(&backup), rows(&backed_up(to).await));
        assert!(read.len() > 40 && read == again);
        // It is of one moment: no edition is missing, and the log is whole and continues with the restoring.
        assert_editions_without_gaps(to).await;
        let entries = to.store.verify_audit().await.unwrap().unwrap();
        assert_eq!(
            number(to, "SELECT MAX(number) FROM desk_audit WHERE act = 'backup restored'").await,
            entries
        );
        // Who held a seat and a note has them, with the key that is not in it; nobody is signed in.
        let member = to.store.sign_in("researcher@example.org").await.unwrap().unwrap().member;
        assert_eq!(member, people.researcher.id);
        let note = to.store.reveal_sealed_note(&people.researcher, &sealed, &key, at(91)).await.unwrap();
        assert_eq!(note.as_deref(), Some("a fictional wïtness"));
        assert_eq!(number(to, "SELECT COUNT(*) FROM desk_session").await, 0);
        assert!(number(from, "SELECT COUNT(*) FROM desk_session").await > 0);
        // The evidence opens, and what was missing there is said, not passed over.
        let (_, end) = check(&*backup).unwrap();
        assert_eq!((end.missing.len(), end.rows["evidence_files"]), (1, 4));
        let opened = to.store.open_originals(&people.researcher, &sealed, None, "read", &key, at(91)).await;
        let first = &opened.unwrap()[0];
        let plain = to.files.read(&first.object, &first.key).await.unwrap();
        let plain = plain.try_collect::<Vec<_>>().await.unwrap().concat();
        assert_eq!(plain, vec![7; 3 << 20]);
        // And work goes on.
        to.store.begin_session(&member, SessionTimes::default(), at(92)).await.unwrap();
        published(&to.store, &people).await;
        assert_editions_without_gaps(to).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_whole_backup_is_refused_and_nothing_is_kept_of_it() {
    each_direction("what_is_no_whole_backup_is_refused", async |from, to| {
        let people = People::join(&from.store).await;
        fill(from, &people, &SealingKey::new([9; 32])).await;
        let backup = backed_up(from).await;
        let empty = to.dump("").await;
        let text = String::from_utf8(backup.clone()).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();

        // Cut off: between lines, and in the middle of one.
        for kept in [0, 1, 2, lines.len() / 2, lines.len() - 1] {
            for cut in
                [lines[..kept].concat(), lines[..kept].concat() + &lines[kept][..lines[kept].len() / 2]]
            {
                let expected = if cut.lines().count() < 2 && !cut.ends_with('\n') {
                    RestoreError::NoBackup
                } else {
                    RestoreError::CutOff
                };
                assert_eq!(checked(cut.as_bytes()), Some(expected.clone()), "{kept}");
                assert_eq!(restored(to, cut.as_bytes()).await, Err(expected), "{kept}");
            }
        }
        // Altered: any bit.
        for position in (0..backup.len()).step_by(97).chain(backup.len() - 70..backup.len()) {
            let mut altered = backup.clone();
            altered[position] ^= 1;
            assert!(checked(&altered).is_some(), "{position}: {:?}", char::from(backup[position]));
        }
        // Altered with care: rows added, dropped, exchanged; restoring finds by itself what checking finds.
        let count = lines.len();
        for altered in [
            text.replacen("a fictional", "a factional", 1),
            text.replacen("Freedonia", "Sylvania_", 1),
            [&lines[..count - 2], &lines[count - 1..]].concat().concat(),
            lines.concat() + lines[count - 2],
            lines.concat() + "\n",
        ] {
            if altered != text {
                assert_eq!(checked(altered.as_bytes()), Some(RestoreError::Altered));
                assert_eq!(restored(to, altered.as_bytes()).await, Err(RestoreError::Altered));
            }
        }
        // Of another time, or nothing of ours.
        let schema = lines[0].split("\"schema\":").nth(1).unwrap().split(',').next().unwrap();
        let of = |other: i64| {
            let header = lines[0].replace(&format!("\"schema\":{schema}"), &format!("\"schema\":{other}"));
            header + &lines[1..].concat()
        };
        let ours: i64 = schema.parse().unwrap();
        let newer = restored(to, of(ours + 1).as_bytes()).await;
        assert_eq!(newer, Err(RestoreError::NewerSchema(ours + 1, ours)));
        let older = restored(to, of(1).as_bytes()).await;
        assert!(matches!(older, Err(RestoreError::OlderSchema(1, schema, _)) if schema == ours), "{older:?}");
        for other in
            ["", "SQLite format 3\0", "{}\n", "[]\n", &text.replacen("_backup\":1", "_backup\":2", 1)]
        {
            assert_eq!(restored(to, other.as_bytes()).await, Err(RestoreError::NoBackup), "{other:.40}");
        }
        assert_eq!(to.dump("").await, empty, "nothing is kept");

        // Into a database that holds something.
        assert_eq!(restored(from, &backup).await, Err(RestoreError::NotEmpty("record_head")));
        to.store.add_organisation("harbour", "Harbour Watch", at(0)).await.unwrap();
        let held = to.dump("").await;
        assert_eq!(restored(to, &backup).await, Err(RestoreError::NotEmpty("desk_organisation")));
        assert_eq!(to.dump("").await, held);
    })
    .await;
}
