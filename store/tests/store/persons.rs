//! Two persons, by account: nobody publishes alone, whichever way they come.

use domain::case::WorkingState;
use store::StoreError;
use store::desk::{Member, Saved, SealingKey, note_hash};

use super::support::{
    FOR_PUBLISHING, FOR_SUBMITTING, People, TODAY, World, at, each_engine, fields, number, published, save,
    seen, submitted, verified,
};

async fn try_verify(world: &World, people: &People, by: &Member, id: &str) -> Result<(), StoreError> {
    let hash = seen(&world.store, by, id).await;
    world.store.verify(by, id, &hash, &people.gazetteer, TODAY, at(4)).await
}

async fn try_publish(world: &World, people: &People, by: &Member, id: &str) -> Result<(), StoreError> {
    world.store.publish(by, id, &people.gazetteer, &crate::support::key(), TODAY, at(5)).await.map(|_| ())
}

fn assert_forbidden(result: Result<(), StoreError>) {
    assert!(matches!(result, Err(StoreError::Forbidden)), "{result:?}");
}

#[tokio::test]
async fn a_researcher_publishes_by_no_way() {
    each_engine("a_researcher_publishes_by_no_way", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let me = &people.researcher;
        let id = submitted(store, &people).await;
        assert_forbidden(try_verify(world, &people, me, &id).await);
        assert_forbidden(try_publish(world, &people, me, &id).await);
        assert_forbidden(store.request_changes(me, &id, "", at(4)).await);
        assert_forbidden(store.hide(me, &id, "", at(4)).await);
        assert_forbidden(store.restore(me, &id, "", at(4)).await);
        assert_forbidden(store.retract(me, &id, "", at(4)).await.map(|_| ()));
        try_verify(world, &people, &people.first, &id).await.unwrap();
        assert_forbidden(try_publish(world, &people, me, &id).await);
        // Not with a role that they only say they have, either, if they submitted it.
        let pretending = Member { role: domain::rights::Role::Reviewer, ..me.clone() };
        assert_forbidden(try_publish(world, &people, &pretending, &id).await);
        assert_eq!(number(world, "SELECT COUNT(*) FROM record_edition").await, 0);
        assert_eq!(store.head().await.unwrap().edition, 0);
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_who_did_it_all_alone_is_stopped() {
    each_engine("a_reviewer_who_did_it_all_alone_is_stopped", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let me = &people.first;
        let id = store.new_case(me, at(1)).await.unwrap();
        save(store, me, &id, FOR_SUBMITTING).await;
        save(store, me, &id, FOR_PUBLISHING).await;
        store.submit(me, &id, &people.gazetteer, TODAY, at(3)).await.unwrap();
        assert_forbidden(try_verify(world, &people, me, &id).await);
        assert_forbidden(try_publish(world, &people, me, &id).await);
        try_verify(world, &people, &people.second, &id).await.unwrap();
        assert_forbidden(try_publish(world, &people, me, &id).await);
        try_publish(world, &people, &people.second, &id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_from_another_organisation_learns_that_it_exists() {
    each_engine("nobody_from_another_organisation_learns_that_it_exists", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let other = &people.stranger;
        let id = verified(store, &people).await;
        let unknown = |result: Result<(), StoreError>| assert!(matches!(result, Err(StoreError::NotFound)));
        for id in [id.as_str(), "no-such-case"] {
            unknown(store.case(other, id).await.map(|_| ()));
            unknown(store.case_versions(other, id).await.map(|_| ()));
            unknown(store.save(other, id, 1, &fields(FOR_SUBMITTING), true, at(4)).await.map(|_| ()));
            unknown(store.submit(other, id, &people.gazetteer, TODAY, at(4)).await);
            unknown(store.request_changes(other, id, "", at(4)).await);
            unknown(store.verify(other, id, "", &people.gazetteer, TODAY, at(4)).await);
            unknown(try_publish(world, &people, other, id).await);
            unknown(store.begin_correction(other, id, "", at(4)).await);
            unknown(store.hide(other, id, "", at(4)).await);
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_was_seen_is_verified_and_only_what_was_verified_is_published() {
    each_engine("only_what_was_seen_is_verified", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = submitted(store, &people).await;
        let stale = seen(store, &people.first, &id).await;
        save(store, &people.researcher, &id, &[("law", "Act 7")]).await;
        for hash in [stale.as_str(), "", "00"] {
            let refused = store.verify(&people.first, &id, hash, &people.gazetteer, TODAY, at(4)).await;
            assert!(matches!(refused, Err(StoreError::ChangedSinceVerified)), "{refused:?}");
        }
        try_verify(world, &people, &people.first, &id).await.unwrap();

        // A change by the form takes the verification back …
        save(store, &people.researcher, &id, &[("law", "Act 8")]).await;
        let case = store.case(&people.first, &id).await.unwrap().0;
        assert_eq!(case.working_state, Some(WorkingState::Submitted));
        assert_eq!((case.verified_by, case.verified_hash), (None, None));
        assert_forbidden(try_publish(world, &people, &people.second, &id).await);
        try_verify(world, &people, &people.first, &id).await.unwrap();

        // … a save that changes nothing does not …
        save(store, &people.researcher, &id, &[("law", "Act 8")]).await;
        let case = store.case(&people.first, &id).await.unwrap().0;
        assert_eq!(case.working_state, Some(WorkingState::Verified));

        // … and a change past the program is seen by the hash.
        let past = "UPDATE desk_case SET working = REPLACE(working, 'Act 8', 'Act 9')";
        assert_eq!(world.tamper(past).await, 1);
        let refused = try_publish(world, &people, &people.second, &id).await;
        assert!(matches!(refused, Err(StoreError::ChangedSinceVerified)), "{refused:?}");
        assert_eq!(number(world, "SELECT COUNT(*) FROM record_incident").await, 0);
        assert_eq!(store.head().await.unwrap().edition, 0);
    })
    .await;
}

#[tokio::test]
async fn saving_after_autosaves_keeps_a_version() {
    each_engine("saving_after_autosaves_keeps_a_version", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (me, id) = (&people.researcher, store.new_case(&people.researcher, at(1)).await.unwrap());
        let typed = fields(FOR_SUBMITTING);
        let saved = store.save(me, &id, 1, &typed, false, at(2)).await.unwrap();
        assert_eq!(saved, Saved::At(2));
        assert!(store.case_versions(me, &id).await.unwrap().is_empty(), "an autosave makes no version");
        // The button sends what autosave already kept: that is the version.
        assert_eq!(store.save(me, &id, 2, &typed, true, at(3)).await.unwrap(), Saved::At(2));
        let versions = store.case_versions(me, &id).await.unwrap();
        assert_eq!(versions.len(), 1);
        assert_eq!((versions[0].draft.start.as_str(), versions[0].step.as_str()), ("2016-05-02", "saved"));
        // Pressed once more, there is nothing to keep.
        assert_eq!(store.save(me, &id, 2, &typed, true, at(4)).await.unwrap(), Saved::At(2));
        assert_eq!(store.case_versions(me, &id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_public_reason_of_a_correction_is_what_the_reviewer_stood_for() {
    each_engine("the_public_reason_of_a_correction_is_what_the_reviewer_stood_for", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, _) = published(store, &people).await;
        let reviewer = &people.first;
        let hash = seen(store, reviewer, &id).await;
        store.begin_correction(&people.researcher, &id, "A better source.", at(6)).await.unwrap();
        let (case, _) = store.case(reviewer, &id).await.unwrap();
        assert_eq!(case.correction.as_deref(), Some("A better source."));
        assert_ne!(seen(store, reviewer, &id).await, hash, "the reason is part of what a verification names");
        // A reviewer who gave the reason has changed something, and another has to verify it.
        store.submit(&people.researcher, &id, &people.gazetteer, TODAY, at(7)).await.unwrap();
        try_verify(world, &people, &people.second, &id).await.unwrap();
        try_publish(world, &people, &people.second, &id).await.unwrap();
        store.begin_correction(reviewer, &id, "Another reason.", at(8)).await.unwrap();
        store.submit(&people.researcher, &id, &people.gazetteer, TODAY, at(9)).await.unwrap();
        assert_forbidden(try_verify(world, &people, reviewer, &id).await);
        try_verify(world, &people, &people.second, &id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_handed_an_incident_in_does_not_retract_it_alone() {
    each_engine("who_handed_an_incident_in_does_not_retract_it_alone", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let me = &people.first;
        let id = store.new_case(me, at(1)).await.unwrap();
        save(store, me, &id, FOR_SUBMITTING).await;
        save(store, me, &id, FOR_PUBLISHING).await;
        store.submit(me, &id, &people.gazetteer, TODAY, at(3)).await.unwrap();
        try_verify(world, &people, &people.second, &id).await.unwrap();
        try_publish(world, &people, &people.second, &id).await.unwrap();
        assert_forbidden(store.retract(me, &id, "Words that nobody else saw.", at(6)).await.map(|_| ()));
        store.retract(&people.second, &id, "Not what it seemed.", at(7)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_sealed_note_that_changed_is_not_overwritten() {
    each_engine("a_sealed_note_that_changed_is_not_overwritten", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let key = SealingKey::new([3; 32]);
        let id = submitted(store, &people).await;
        let nothing = note_hash("");
        store.seal_note(&people.researcher, &id, "witness one", &nothing, &key, at(4)).await.unwrap();
        let late = store.seal_note(&people.first, &id, "witness two", &nothing, &key, at(5)).await;
        assert!(matches!(late, Err(StoreError::ChangedSinceVerified)));
        let note = store.reveal_sealed_note(&people.first, &id, &key, at(6)).await.unwrap();
        assert_eq!(note.as_deref(), Some("witness one"));
        let seen = note_hash("witness one");
        store.seal_note(&people.first, &id, "witness one and two", &seen, &key, at(7)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_revision_that_the_case_never_had_skips_no_conflict() {
    each_engine("a_revision_that_the_case_never_had_skips_no_conflict", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let me = &people.researcher;
        let id = store.new_case(me, at(1)).await.unwrap();
        save(store, me, &id, &[("title", "first")]).await;
        let saved = store.save(me, &id, 9_999, &fields(&[("title", "second")]), false, at(3)).await.unwrap();
        assert!(matches!(saved, Saved::Conflict { .. }), "{saved:?}");
    })
    .await;
}
