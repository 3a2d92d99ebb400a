//! Somebody outside holds yesterday's checkpoint: what they are told of a log that was changed since, by the program and by
//! the check in `docs/` that needs none of it.

use std::path::Path;
use std::process::Command;

use store::desk::audit::{Broken, Checkpoint, CheckpointError, LogKey, Verifier};

use super::audit::ATTEMPTS;
use super::support::{People, World, at, each_engine, number, open, published};

const ORIGIN: &str = "example.org";

fn key() -> LogKey {
    LogKey::new([3; 32])
}

fn verifier() -> Verifier {
    key().verifier(ORIGIN)
}

/// The checkpoint that the outsider saved.
async fn saved(world: &World) -> String {
    world.store.make_checkpoint(ORIGIN, &key(), at(0)).await.unwrap().unwrap();
    world.store.checkpoint().await.unwrap().unwrap()
}

/// What is done by somebody who writes the log anew so that it is whole again: only the checkpoint shows it.
async fn cut_off(world: &World, to: i64) {
    world
        .tamper(
            "UPDATE desk_audit_head SET hash = (SELECT hash FROM desk_audit WHERE number = 12), number = 12",
        )
        .await;
    world.tamper("DELETE FROM desk_audit WHERE number > 12").await;
    assert_eq!(world.store.verify_audit().await.unwrap(), Ok(to), "by itself it is whole");
}

#[tokio::test]
async fn there_is_one_checkpoint_a_day_and_the_newest_is_given_out() {
    each_engine("there_is_one_checkpoint_a_day", async |world| {
        let store = &world.store;
        store.make_checkpoint(ORIGIN, &key(), at(0)).await.unwrap().unwrap();
        assert_eq!(store.checkpoint().await.unwrap(), None, "of an empty log there is none");
        let people = People::join(store).await;
        let first = saved(world).await;
        open(store, &people).await;
        assert_eq!(saved(world).await, first, "once a day");
        // Many servers of one database make one.
        let makes = (0..8).map(|n| {
            let store = store.clone();
            tokio::spawn(
                async move { store.make_checkpoint(ORIGIN, &LogKey::new([n; 32]), at(24 * 60)).await },
            )
        });
        for make in makes.collect::<Vec<_>>() {
            make.await.unwrap().unwrap().unwrap();
        }
        assert_eq!(number(world, "SELECT COUNT(*) FROM desk_checkpoint").await, 2);
        let second = store.checkpoint().await.unwrap().unwrap();
        assert_ne!(second, first);
        let checkpoint = verifier().read(&first).unwrap();
        assert_eq!(
            store.verify_audit_against(Some(&checkpoint)).await.unwrap(),
            store.verify_audit().await.unwrap()
        );
        // Of a log that is broken no checkpoint is made.
        world.tamper("UPDATE desk_audit SET act = 'nothing' WHERE number = 2").await;
        let refused = store.make_checkpoint(ORIGIN, &key(), at(2 * 24 * 60)).await.unwrap();
        assert_eq!(refused, Err(Broken::Altered(2)));
        assert_eq!(store.checkpoint().await.unwrap(), Some(second));
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_cut_off_or_written_anew_is_told_by_the_checkpoint() {
    each_engine("a_log_that_was_cut_off_or_written_anew", async |world| {
        let store = &world.store;
        let people = People::join(store).await;
        published(store, &people).await;
        let note = saved(world).await;
        let checkpoint = verifier().read(&note).unwrap();
        let entries = checkpoint.entries;
        let against = async || store.verify_audit_against(Some(&checkpoint)).await.unwrap();
        assert_eq!(against().await, Ok(entries));
        cut_off(world, 12).await;
        assert_eq!(against().await, Err(Broken::CutOff(12, entries)));
        // Written on from there until it is as long as it was, and longer: a fork.
        while store.verify_audit().await.unwrap().unwrap() <= entries {
            open(store, &people).await;
        }
        assert_eq!(against().await, Err(Broken::Forked(entries)));
        // A checkpoint that the forger made to fit is not signed by this key.
        let forged = Checkpoint { entries: 12, ..checkpoint };
        let forged = note.replacen(&entries.to_string(), &forged.entries.to_string(), 1);
        assert_eq!(verifier().read(&forged), Err(CheckpointError::Signature));
    })
    .await;
}

/// What the independent check says of the log as it is now, and of the checkpoint.
async fn said_outside(world: &World, folder: &Path, note: &str, key: &str) -> Result<String, String> {
    let (log, checkpoint) = (folder.join("log.jsonl"), folder.join("checkpoint"));
    let mut file = std::fs::File::create(&log).unwrap();
    world.store.export_audit(&mut file).await.unwrap();
    std::fs::write(&checkpoint, note).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify_audit.py");
    let output =
        Command::new("python3").arg(script).arg(log).args(["--key", key]).arg(checkpoint).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

#[tokio::test]
async fn the_check_in_the_papers_agrees_with_the_program() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("not run: the_check_in_the_papers_agrees_with_the_program: there is no python3");
        return;
    }
    each_engine("the_check_in_the_papers_agrees_with_the_program", async |world| {
        let (store, folder) = (&world.store, tempfile::tempdir().unwrap());
        let people = People::join(store).await;
        published(store, &people).await;
        let note = saved(world).await;
        let checkpoint = verifier().read(&note).unwrap();
        let outside =
            async |note: &str| said_outside(world, folder.path(), note, &verifier().to_string()).await;
        let whole =
            format!("The chain of {} entries is whole, and continues each checkpoint.", checkpoint.entries);
        assert_eq!(outside(&note).await, Ok(whole.clone()));
        let given_out = std::fs::read_to_string(folder.path().join("log.jsonl")).unwrap();
        assert!(given_out.contains("published") && !given_out.contains(&people.researcher.id));
        world.tamper("CREATE TABLE kept AS SELECT * FROM desk_audit").await;
        for (sql, broken) in ATTEMPTS {
            world.tamper(sql).await;
            let inside = store.verify_audit_against(Some(&checkpoint)).await.unwrap();
            // Details are not given out, so that nobody outside can say that one was altered.
            let expected = match &inside {
                Err(Broken::Detail(_)) => Ok(whole.clone()),
                Err(broken) => Err(broken.to_string()),
                Ok(_) => panic!("{sql}"),
            };
            assert_eq!(inside.as_ref(), Err(broken));
            assert_eq!(outside(&note).await, expected, "{sql}");
            world.tamper("DELETE FROM desk_audit").await;
            world.tamper("INSERT INTO desk_audit SELECT * FROM kept").await;
        }
        let altered = note.replacen(&checkpoint.entries.to_string(), "1", 1);
        assert_eq!(outside(&altered).await, Err(CheckpointError::Signature.to_string()));
        let other = LogKey::new([4; 32]).verifier(ORIGIN).to_string();
        let refused = said_outside(world, folder.path(), &note, &other).await;
        assert_eq!(refused, Err(CheckpointError::Signature.to_string()));
        cut_off(world, 12).await;
        for _ in 0..2 {
            let inside = store.verify_audit_against(Some(&checkpoint)).await.unwrap().unwrap_err();
            assert_eq!(outside(&note).await, Err(inside.to_string()));
            while store.verify_audit().await.unwrap().unwrap() <= checkpoint.entries {
                open(store, &people).await;
            }
        }
    })
    .await;
}
