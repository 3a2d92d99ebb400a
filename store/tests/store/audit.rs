//! The audit log tells of every change, and of every attempt to change the log.

use store::desk::audit::Broken;
use store::desk::note_hash;

use super::support::{People, at, each_engine, number, open, published};

/// What somebody does who holds the database, and what the log then says of itself.
pub(super) const ATTEMPTS: &[(&str, Broken)] = &[
    ("UPDATE desk_audit SET act = 'nothing' WHERE number = 5", Broken::Altered(5)),
    ("UPDATE desk_audit SET at = '2020-01-01T00:00:00Z' WHERE number = 5", Broken::Altered(5)),
    ("UPDATE desk_audit SET commitment = 'x' WHERE number = 5", Broken::Altered(5)),
    ("UPDATE desk_audit SET hash = 'x' WHERE number = 5", Broken::Altered(5)),
    ("UPDATE desk_audit SET previous = 'x' WHERE number = 5", Broken::OutOfOrder(5)),
    ("UPDATE desk_audit SET detail = '{}' WHERE number = 5", Broken::Detail(5)),
    ("UPDATE desk_audit SET salt = 'x' WHERE number = 5", Broken::Detail(5)),
    ("DELETE FROM desk_audit WHERE number = 1", Broken::OutOfOrder(2)),
    ("DELETE FROM desk_audit WHERE number = 5", Broken::OutOfOrder(6)),
    ("UPDATE desk_audit SET number = 5000 WHERE number = 5", Broken::OutOfOrder(6)),
    // Two entries change places: what counts is the chain, not the numbers written beside it.
    (
        "UPDATE desk_audit SET at = o.at, act = o.act, commitment = o.commitment, previous = o.previous, \
         hash = o.hash, salt = o.salt, detail = o.detail FROM desk_audit o \
         WHERE desk_audit.number IN (5, 6) AND o.number = 11 - desk_audit.number",
        Broken::OutOfOrder(5),
    ),
];

#[tokio::test]
async fn any_tampering_with_the_log_is_named() {
    each_engine("any_tampering_with_the_log_is_named", async |world| {
        let people = People::join(&world.store).await;
        published(&world.store, &people).await;
        let entries = world.store.verify_audit().await.unwrap().unwrap();
        assert_eq!(number(world, "SELECT COUNT(*) FROM desk_audit").await, entries);
        // Two organisations, four members who signed in, and the case: opened, saved twice, three steps.
        assert_eq!(entries, 2 + 4 + 4 + 6);
        world.tamper("CREATE TABLE kept AS SELECT * FROM desk_audit").await;
        world.tamper("CREATE TABLE kept_head AS SELECT * FROM desk_audit_head").await;
        let restore = async || {
            world.tamper("DELETE FROM desk_audit").await;
            world.tamper("INSERT INTO desk_audit SELECT * FROM kept").await;
            world.tamper("DELETE FROM desk_audit_head").await;
            world.tamper("INSERT INTO desk_audit_head SELECT * FROM kept_head").await;
            assert_eq!(world.store.verify_audit().await.unwrap(), Ok(entries));
        };
        for (sql, broken) in ATTEMPTS {
            assert!(world.tamper(sql).await > 0, "{sql}");
            assert_eq!(world.store.verify_audit().await.unwrap().as_ref(), Err(broken), "{sql}");
            restore().await;
        }
        world.tamper("DELETE FROM desk_audit WHERE number > 12").await;
        assert_eq!(world.store.verify_audit().await.unwrap(), Err(Broken::Truncated(12, entries)));
        world.tamper("DELETE FROM desk_audit").await;
        assert_eq!(world.store.verify_audit().await.unwrap(), Err(Broken::Truncated(0, entries)));
        restore().await;
        world.tamper("UPDATE desk_audit_head SET number = number + 1").await;
        assert_eq!(world.store.verify_audit().await.unwrap(), Err(Broken::Truncated(entries, entries + 1)));
        restore().await;
        world.tamper("UPDATE desk_audit_head SET hash = 'x'").await;
        assert_eq!(world.store.verify_audit().await.unwrap(), Err(Broken::Truncated(entries, entries)));
        restore().await;
        // What is private can be erased, and the chain still holds.
        world.tamper("UPDATE desk_audit SET salt = NULL, detail = NULL WHERE number = 5").await;
        assert_eq!(world.store.verify_audit().await.unwrap(), Ok(entries));
    })
    .await;
}

#[tokio::test]
async fn a_log_that_is_being_written_reads_as_whole() {
    each_engine("a_log_that_is_being_written_reads_as_whole", async |world| {
        let people = People::join(&world.store).await;
        let (store, member) = (world.store.clone(), people.researcher.clone());
        let writer = tokio::spawn(async move {
            for minute in 0..60 {
                store.new_case(&member, at(minute)).await.unwrap();
            }
        });
        let mut checks = 0;
        while !writer.is_finished() {
            let checked = world.store.verify_audit().await.unwrap();
            assert!(checked.is_ok(), "{checked:?}");
            checks += 1;
        }
        writer.await.unwrap();
        assert!(checks > 1);
    })
    .await;
}

#[tokio::test]
async fn revealing_a_sealed_note_is_in_the_log_and_refused_where_the_role_has_no_right() {
    each_engine("revealing_a_sealed_note_is_in_the_log", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let key = store::desk::SealingKey::new([9; 32]);
        let id = open(store, &people).await;
        store.seal_note(&people.researcher, &id, "first", &note_hash(""), &key, at(2)).await.unwrap();
        store
            .seal_note(&people.researcher, &id, "the second, ünïcode", &note_hash("first"), &key, at(3))
            .await
            .unwrap();
        let before = store.verify_audit().await.unwrap().unwrap();
        let text = store.reveal_sealed_note(&people.first, &id, &key, at(4)).await.unwrap();
        assert_eq!(text.as_deref(), Some("the second, ünïcode"));
        assert_eq!(store.verify_audit().await.unwrap(), Ok(before + 1));
        let revealed = "SELECT COUNT(*) FROM desk_audit WHERE act = 'sealed note revealed'";
        assert_eq!(number(world, revealed).await, 1);
        assert!(store.reveal_sealed_note(&people.stranger, &id, &key, at(5)).await.is_err());
        let other = store::desk::SealingKey::new([8; 32]);
        assert!(store.reveal_sealed_note(&people.first, &id, &other, at(5)).await.is_err());
        assert_eq!(number(world, revealed).await, 1);
        // A ciphertext put into another case's row does not open there.
        let elsewhere = open(store, &people).await;
        world
            .tamper(
                "INSERT INTO desk_sealed_note SELECT c.id, n.key_id, n.ciphertext, n.changed_at \
             FROM desk_sealed_note n JOIN desk_case c ON c.id <> n.case_id",
            )
            .await;
        assert!(store.reveal_sealed_note(&people.researcher, &elsewhere, &key, at(6)).await.is_err());
    })
    .await;
}
