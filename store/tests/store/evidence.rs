//! Evidence files: who may add, read and show them, what readers get, and taking it back.

use domain::case::WorkingState;
use domain::evidence::{Consent, Description};
use futures_util::TryStreamExt;
use store::StoreError;
use store::desk::{NewEvidence, PictureCopy};
use store::evidence::{EvidenceFiles, StoredFile};
use store::record::{IncidentAnswer, PublicEvidence, PublicIncident};

use crate::support::{
    People, TODAY, World, at, each_engine, key, number, publish, published, seen, submitted, verified,
};

const SECRET: &[u8] = b"a made-up photograph of a made-up witness";

fn picture() -> PictureCopy {
    let (copy, thumbnail) = (b"the copy".to_vec(), b"the thumbnail".to_vec());
    PictureCopy { media_type: "image/png", width: 40, height: 30, copy, thumbnail }
}

async fn file(files: &EvidenceFiles) -> StoredFile {
    let mut writer = files.begin().await.unwrap();
    writer.write(SECRET).await.unwrap();
    writer.finish().await.unwrap()
}

fn description(shows: &str, consent: Consent) -> Description {
    let consent_note = if consent == Consent::Public { "by voice" } else { "" }.to_owned();
    Description { shows: shows.to_owned(), consent, consent_note }
}

/// Whether a dumped row holds these words, as text or as bytes.
fn holds(row: &str, words: &str) -> bool {
    let hex: String = words.bytes().map(|b| format!("{b:02x}")).collect();
    row.contains(words) || row.to_lowercase().contains(&hex)
}

/// Somebody with a case and a folder of files.
struct Scene<'a> {
    world: &'a World,
    people: People,
    files: EvidenceFiles,
    _folder: tempfile::TempDir,
}

impl<'a> Scene<'a> {
    async fn new(world: &'a World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = EvidenceFiles::open_folder(folder.path()).unwrap();
        Self { world, people: People::join(&world.store).await, files, _folder: folder }
    }

    async fn add(&self, case: &str) -> String {
        let (file, copy) = (file(&self.files).await, picture());
        let new = NewEvidence {
            name: "../photo of Dogberry.png",
            media_type: "image/png",
            file: &file,
            copy: Some(&copy),
        };
        self.world.store.add_evidence(&self.people.researcher, case, new, &key(), at(2)).await.unwrap()
    }

    async fn describe(&self, case: &str, id: &str, to: Description) -> Result<(), StoreError> {
        self.world.store.describe_evidence(&self.people.researcher, case, id, &to, at(2)).await
    }

    async fn incident(&self, reference: &str, edition: Option<i64>) -> PublicIncident {
        let store = &self.world.store;
        let head = store.head().await.unwrap();
        let record = match edition {
            Some(edition) => store.as_of(head, edition).await.unwrap().unwrap(),
            None => store.live(head, TODAY),
        };
        match record.incident(reference).await.unwrap() {
            Some(IncidentAnswer::Published(incident)) => *incident,
            other => panic!("{other:?}"),
        }
    }

    async fn copy(&self, reference: &str, shown: &PublicEvidence) -> Option<Vec<u8>> {
        let head = self.world.store.head().await.unwrap();
        let record = self.world.store.live(head, TODAY);
        record.evidence_copy(reference, &shown.id, false).await.unwrap().map(|(_, bytes)| bytes)
    }
}

#[tokio::test]
async fn readers_get_the_copy_and_nothing_of_the_original() {
    each_engine("readers_get_the_copy_and_nothing_of_the_original", async |world| {
        let scene = Scene::new(world).await;
        let id = submitted(&world.store, &scene.people).await;
        let shown = scene.add(&id).await;
        let kept = scene.add(&id).await;
        scene.describe(&id, &shown, description("A crowd at a square", Consent::Public)).await.unwrap();
        scene.describe(&id, &kept, description("Faces can be seen", Consent::DeskOnly)).await.unwrap();
        let at_desk = world.store.evidence(&scene.people.first, &id).await.unwrap();
        assert_eq!(at_desk[0].name, "photo of Dogberry.png");
        let hash = seen(&world.store, &scene.people.first, &id).await;
        let gazetteer = &scene.people.gazetteer;
        world.store.verify(&scene.people.first, &id, &hash, gazetteer, TODAY, at(4)).await.unwrap();
        let edition = publish(&world.store, &scene.people, &id).await;

        let incident = scene.incident(&edition.reference, None).await;
        let [evidence] = incident.evidence.as_slice() else { panic!("{:?}", incident.evidence) };
        assert_eq!((evidence.shows.as_str(), evidence.rounded_bytes), ("A crowd at a square", 41));
        assert_eq!(scene.copy(&edition.reference, evidence).await.unwrap(), b"the copy");
        assert!(world.dump("record_evidence").await.iter().any(|row| holds(row, "the copy")));
        for table in ["record_evidence", "record_incident"] {
            for row in world.dump(table).await {
                let hash = &at_desk[0].sha256;
                for private in ["Dogberry", "Faces", "by voice", hash, &at_desk[0].id, &at_desk[1].public_id]
                {
                    assert!(!row.contains(private), "{table} holds {private}");
                }
            }
        }
        // Nothing lies at the desk in the open either.
        for row in world.dump("desk_evidence").await {
            assert!(!holds(&row, "the copy") && !holds(&row, "witness"), "{row}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_readers_would_get_is_part_of_what_is_verified() {
    each_engine("what_readers_would_get_is_part_of_what_is_verified", async |world| {
        let scene = Scene::new(world).await;
        let id = verified(&world.store, &scene.people).await;
        let state = async || world.store.case(&scene.people.first, &id).await.unwrap().0.working_state;
        let evidence = scene.add(&id).await;
        assert_eq!(state().await, Some(WorkingState::Verified), "nobody would get it yet");
        let before = seen(&world.store, &scene.people.first, &id).await;
        scene.describe(&id, &evidence, description("A letter", Consent::AlreadyPublic)).await.unwrap();
        assert_ne!(state().await, Some(WorkingState::Verified));
        let gazetteer = &scene.people.gazetteer;
        let stale = world.store.verify(&scene.people.first, &id, &before, gazetteer, TODAY, at(4)).await;
        assert!(matches!(stale, Err(StoreError::ChangedSinceVerified)), "{stale:?}");
        // A reviewer who decided what is shown does not stand for it.
        let to = description("Another letter", Consent::AlreadyPublic);
        world.store.describe_evidence(&scene.people.first, &id, &evidence, &to, at(4)).await.unwrap();
        let hash = seen(&world.store, &scene.people.first, &id).await;
        let own = world.store.verify(&scene.people.first, &id, &hash, gazetteer, TODAY, at(4)).await;
        assert!(matches!(own, Err(StoreError::Forbidden)), "{own:?}");
        world.store.verify(&scene.people.second, &id, &hash, gazetteer, TODAY, at(4)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn consent_taken_back_holds_at_every_edition() {
    each_engine("consent_taken_back_holds_at_every_edition", async |world| {
        let scene = Scene::new(world).await;
        let store = &world.store;
        let (id, first) = published(store, &scene.people).await;
        let evidence = scene.add(&id).await;
        // What is public changes by a correction, and only so.
        let shown = description("A crowd at a square", Consent::Public);
        let refused = scene.describe(&id, &evidence, shown.clone()).await;
        assert!(matches!(refused, Err(StoreError::WrongState)), "{refused:?}");
        store.begin_correction(&scene.people.researcher, &id, "A picture came.", at(6)).await.unwrap();
        scene.describe(&id, &evidence, shown).await.unwrap();
        store.submit(&scene.people.researcher, &id, &scene.people.gazetteer, TODAY, at(6)).await.unwrap();
        let hash = seen(store, &scene.people.first, &id).await;
        let gazetteer = &scene.people.gazetteer;
        store.verify(&scene.people.first, &id, &hash, gazetteer, TODAY, at(7)).await.unwrap();
        let second = publish(store, &scene.people, &id).await;
        assert!(scene.incident(&first.reference, Some(first.edition)).await.evidence.is_empty());
        let public = scene.incident(&first.reference, None).await.evidence;
        assert!(scene.copy(&first.reference, &public[0]).await.is_some());
        let kept = store.remove_evidence(&scene.people.researcher, &id, &evidence, "R", at(8)).await;
        assert!(matches!(kept, Err(StoreError::WrongState)), "readers have it: {kept:?}");

        let before = store.head().await.unwrap();
        let researcher = &scene.people.researcher;
        store.withdraw_consent(researcher, &id, &evidence, "She asked for it.", at(8)).await.unwrap();
        let after = store.head().await.unwrap();
        assert_eq!((after.edition, after.withdrawals), (before.edition, before.withdrawals + 1));
        for edition in [None, Some(second.edition)] {
            let [line] = &scene.incident(&first.reference, edition).await.evidence[..] else { panic!() };
            assert_eq!((line.withdrawn_on, line.shows.as_str()), (Some(TODAY), ""));
            assert_eq!(scene.copy(&first.reference, line).await, None);
        }
        for row in world.dump("record_").await {
            assert!(!holds(&row, "A crowd at a square") && !holds(&row, "the copy"), "{row}");
        }
        // It does not come back with a later edition.
        store.begin_correction(researcher, &id, "Again.", at(9)).await.unwrap();
        let again = scene.describe(&id, &evidence, description("A crowd", Consent::Public)).await;
        assert!(matches!(again, Err(StoreError::WrongState)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn who_had_it_in_hand_is_written_down_and_others_do_not_see_it() {
    each_engine("who_had_it_in_hand_is_written_down", async |world| {
        let scene = Scene::new(world).await;
        let store = &world.store;
        let id = submitted(store, &scene.people).await;
        let evidence = scene.add(&id).await;
        let stranger = &scene.people.stranger;
        assert!(matches!(store.evidence(stranger, &id).await, Err(StoreError::NotFound)));
        assert!(matches!(store.custody(stranger, &id).await, Err(StoreError::NotFound)));
        let opened = store.open_originals(stranger, &id, Some(&evidence), "read", &key(), at(3)).await;
        assert!(matches!(opened, Err(StoreError::NotFound)));
        let new = StoredFile { ..file(&scene.files).await };
        let new = NewEvidence { name: "x", media_type: "text/plain", file: &new, copy: None };
        let added = store.add_evidence(stranger, &id, new, &key(), at(3)).await;
        assert!(matches!(added, Err(StoreError::NotFound)));

        let reviewer = &scene.people.first;
        let opened =
            store.open_originals(reviewer, &id, Some(&evidence), "read", &key(), at(3)).await.unwrap();
        let plain: Vec<u8> = scene
            .files
            .read(&opened[0].object, &opened[0].key)
            .await
            .unwrap()
            .try_collect::<Vec<_>>()
            .await
            .unwrap()
            .concat();
        assert_eq!(plain, SECRET);
        let object = store.remove_evidence(reviewer, &id, &evidence, "The wrong file.", at(4)).await.unwrap();
        assert_eq!(object, opened[0].object);
        scene.files.remove(&object).await.unwrap();
        let again = store.open_originals(reviewer, &id, Some(&evidence), "read", &key(), at(5)).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
        let custody = store.custody(&scene.people.researcher, &id).await.unwrap();
        let acts: Vec<(&str, &str)> = custody.iter().map(|c| (c.act.as_str(), c.member.as_str())).collect();
        assert_eq!(
            acts,
            [
                ("added", "researcher@example.org"),
                ("read", "first@example.org"),
                ("removed", "first@example.org")
            ]
        );
        assert_eq!(custody[0].detail, opened[0].evidence.sha256);
        // The line stays, with the hash that says which file it was; key and copy are gone.
        let [line] = &store.evidence(reviewer, &id).await.unwrap()[..] else { panic!() };
        assert_eq!(line.sha256, opened[0].evidence.sha256);
        assert!(line.removed_at.is_some() && store.evidence_objects().await.unwrap().is_empty());
        let sql =
            "SELECT COUNT(*) FROM desk_evidence WHERE LENGTH(sealed_key) > 0 OR LENGTH(copy_sealed) > 0";
        assert_eq!(number(world, sql).await, 0);
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
