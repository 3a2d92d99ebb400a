//! The sealing key is exchanged while people work: everything opens before, in the middle and after, wherever the exchange is
//! cut off, and nothing with the old key in the end.

use std::path::Path;
use std::pin::Pin;
use std::task::Poll;

use domain::blur::How;
use store::desk::{KeyFile, NewEvidence, Rotate, Rotated, SealingKey, note_hash};
use store::{Store, StoreError};
use totp_rs::{Builder, Secret};

use super::support::{People, World, at, each_engine, number, open, save};

const PLAIN: Rotate = Rotate { keep_old: false, lost: false };

/// A key file with these keys.
fn key_file(folder: &Path, keys: &[[u8; 32]]) -> KeyFile {
    let path = folder.join("sealed.key");
    std::fs::write(&path, keys.concat()).unwrap();
    KeyFile::new(path)
}

/// One value in each place that is sealed, and one that was removed.
struct Scene<'a> {
    world: &'a World,
    people: People,
    cases: Vec<String>,
    code: String,
}

impl<'a> Scene<'a> {
    async fn make(world: &'a World, key: &SealingKey) -> Self {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let mut cases = Vec::new();
        for case in 0..2 {
            let id = open(store, &people).await;
            let note = format!("fictional witness {case}");
            store.seal_note(&people.researcher, &id, &note, &note_hash(""), key, at(3)).await.unwrap();
            cases.push(id);
        }
        save(store, &people.researcher, &cases[0], &[("place_name", "Grimsholm")]).await;
        let wider = How::Wider("Western Freedonia".to_owned());
        store.blur(&people.researcher, &cases[0], "place_name", &wider, key, at(3)).await.unwrap();
        for name in ["kept.txt", "removed.txt"] {
            let mut writer = world.files.begin().await.unwrap();
            writer.write(b"a made-up file").await.unwrap();
            let file = writer.finish().await.unwrap();
            let new = NewEvidence { name, media_type: "text/plain", file: &file, copy: None };
            let id = store.add_evidence(&people.researcher, &cases[0], new, key, at(3)).await.unwrap();
            if name == "removed.txt" {
                store.remove_evidence(&people.researcher, &cases[0], &id, "R", at(3)).await.unwrap();
            }
        }
        // A standing second factor, and one to take its place that is not confirmed.
        assert!(store.begin_second_factor(&people.first, "", key, at(3)).await.unwrap());
        let setup = store.second_factor_setup(&people.first, key).await.unwrap().unwrap();
        let totp =
            Builder::new().with_secret(Secret::try_from_base32(&setup.secret).unwrap()).build().unwrap();
        let now = totp.generate(u64::try_from(at(4).as_second()).unwrap()).to_string();
        let codes = store.confirm_second_factor(&people.first, &now, key, at(4)).await.unwrap().unwrap();
        assert!(store.begin_second_factor(&people.first, &codes[0], key, at(5)).await.unwrap());
        let code = totp.generate(u64::try_from(at(60).as_second()).unwrap()).to_string();
        Self { world, people, cases, code }
    }

    /// Reads every value but the standing factor, whose code works once.
    async fn read(&self, key: &SealingKey) -> Result<(), StoreError> {
        let (store, researcher) = (&self.world.store, &self.people.researcher);
        for (n, case) in self.cases.iter().enumerate() {
            let note = store.reveal_sealed_note(researcher, case, key, at(10)).await?.unwrap();
            assert_eq!(note, format!("fictional witness {n}"));
        }
        let files = store.open_originals(researcher, &self.cases[0], None, "read", key, at(10)).await?;
        let [file] = &files[..] else { panic!("{files:?}") };
        let read = self.world.files.read(&file.object, &file.key).await?;
        let read: Vec<_> = futures_util::TryStreamExt::try_collect(read).await?;
        assert_eq!(read.concat(), b"a made-up file");
        assert!(store.check_blurs(researcher, &self.cases[0], key).await?);
        assert!(store.second_factor_setup(&self.people.first, key).await?.is_some());
        Ok(())
    }

    async fn proves(&self, key: &SealingKey) -> bool {
        self.world.store.prove_second_factor(&self.people.first.id, &self.code, key, at(60)).await.unwrap()
    }

    /// The values that each key has sealed.
    async fn values(&self) -> Vec<u64> {
        self.world.store.sealed_with().await.unwrap().into_values().collect()
    }
}

/// Notes, evidence, blur, two factors.
const VALUES: u64 = 6;

async fn rotate(store: &Store, file: &KeyFile, how: Rotate) -> Result<Rotated, StoreError> {
    store.rotate_sealing_key(file, how, at(20)).await
}

/// Drops a rotation after so many polls, as the end of the program would; what it came to, if it was done by then.
async fn cut_off(store: &Store, file: &KeyFile, polls: usize) -> Option<Rotated> {
    let mut rotation: Pin<Box<_>> = Box::pin(rotate(store, file, PLAIN));
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        if left == 0 {
            Poll::Ready(None)
        } else {
            rotation.as_mut().poll(context).map(|done| Some(done.unwrap()))
        }
    })
    .await
}

#[tokio::test]
async fn everything_opens_wherever_the_exchange_is_cut_off_and_nothing_with_the_old_key_in_the_end() {
    each_engine("everything_opens_wherever_the_exchange_is_cut_off", async |world| {
        let folder = tempfile::tempdir().unwrap();
        let file = key_file(folder.path(), &[[7; 32]]);
        let old = file.names().unwrap();
        let serving = SealingKey::of_file(&file).unwrap();
        let scene = Scene::make(world, &serving).await;
        assert_eq!(scene.values().await, [VALUES]);
        // Cut off a little later each time; each time the next one goes on.
        let (mut seen_both, mut polls) = (false, 0);
        loop {
            polls += 2;
            let done = cut_off(&world.store, &file, polls).await;
            // One that served all along, and one that is started now.
            scene.read(&serving).await.unwrap();
            scene.read(&SealingKey::of_file(&file).unwrap()).await.unwrap();
            seen_both |= scene.values().await.len() == 2;
            if done.is_some() {
                break;
            }
            assert!(polls < 2_000);
        }
        assert!(seen_both, "some values with one key, some with the other");
        let new = file.names().unwrap();
        assert_eq!((new.len(), new.contains(&old[0])), (1, false));
        assert_eq!(world.store.sealing_key_name().await.unwrap(), new[0]);
        assert_eq!(scene.values().await, [VALUES]);
        assert!(scene.proves(&serving).await);
        let refused = scene.read(&SealingKey::new([7; 32])).await;
        assert!(matches!(&refused, Err(StoreError::UnknownKey(id)) if *id == new[0]), "{refused:?}");
        for act in [
            "SELECT COUNT(*) FROM desk_audit WHERE act = 'sealing key exchange begun'",
            "SELECT COUNT(*) FROM desk_audit WHERE act = 'sealing key exchanged'",
        ] {
            assert!(number(world, act).await >= 1, "{act}");
        }
        assert!(world.store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_wrong_key_file_exchanges_nothing_and_names_the_key_that_is_missing() {
    each_engine("a_wrong_key_file_exchanges_nothing", async |world| {
        let folder = tempfile::tempdir().unwrap();
        let right = SealingKey::new([7; 32]);
        let scene = Scene::make(world, &right).await;
        let named = world.store.sealing_key_name().await.unwrap();
        let file = key_file(folder.path(), &[[5; 32], [6; 32]]);
        let before = (world.dump("desk_").await, std::fs::read(file.path()).unwrap());
        let refused = rotate(&world.store, &file, PLAIN).await;
        assert!(matches!(&refused, Err(StoreError::UnknownKey(id)) if *id == named), "{refused:?}");
        assert!(rotate(&world.store, &KeyFile::new(folder.path().join("none")), PLAIN).await.is_err());
        assert_eq!((world.dump("desk_").await, std::fs::read(file.path()).unwrap()), before);
        // Whoever holds another key writes nothing either.
        let case = &scene.cases[0];
        let wrong = SealingKey::of_file(&file).unwrap();
        let seal = world.store.seal_note(&scene.people.researcher, case, "x", "y", &wrong, at(9)).await;
        assert!(matches!(seal, Err(StoreError::UnknownKey(_))), "{seal:?}");
        // Given up as lost: what it sealed stays shut, and new things are sealed.
        let lost = rotate(&world.store, &file, Rotate { lost: true, keep_old: false }).await.unwrap();
        assert_eq!((lost.sealed, lost.unopened.len() as u64), (0, VALUES));
        let fresh = open(&world.store, &scene.people).await;
        let key = SealingKey::of_file(&file).unwrap();
        let empty = note_hash("");
        world.store.seal_note(&scene.people.researcher, &fresh, "n", &empty, &key, at(9)).await.unwrap();
        assert!(scene.read(&key).await.is_err());
        scene.read(&right).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_value_that_nothing_opens_keeps_the_old_key_in_the_file() {
    each_engine("a_value_that_nothing_opens_keeps_the_old_key", async |world| {
        let folder = tempfile::tempdir().unwrap();
        let file = key_file(folder.path(), &[[7; 32]]);
        let scene = Scene::make(world, &SealingKey::of_file(&file).unwrap()).await;
        // A ciphertext of one row put into another's.
        world
            .tamper(
                "UPDATE desk_sealed_note SET ciphertext = (SELECT n.ciphertext FROM desk_sealed_note n \
                 WHERE n.case_id = (SELECT MAX(case_id) FROM desk_sealed_note))",
            )
            .await;
        for _ in 0..2 {
            let done = rotate(&world.store, &file, PLAIN).await.unwrap();
            let shut = scene.cases.iter().min().unwrap();
            assert_eq!(done.unopened, [format!("desk_sealed_note {shut}")]);
            assert_eq!(file.names().unwrap().len(), 2, "running it again makes no third key");
        }
        assert_eq!(
            number(world, "SELECT COUNT(*) FROM desk_audit WHERE act = 'sealing key exchanged'").await,
            0
        );
        let shut = scene.cases.iter().min().unwrap();
        let key = SealingKey::of_file(&file).unwrap();
        let opened = world.store.reveal_sealed_note(&scene.people.researcher, shut, &key, at(30)).await;
        assert!(matches!(opened, Err(StoreError::Sealed)), "{opened:?}");
    })
    .await;
}

#[tokio::test]
async fn an_old_backup_opens_with_the_keys_that_were_kept_and_the_next_exchange_seals_it_anew() {
    each_engine("an_old_backup_opens_with_the_keys_that_were_kept", async |world| {
        let folder = tempfile::tempdir().unwrap();
        let file = key_file(folder.path(), &[[7; 32]]);
        let key = SealingKey::of_file(&file).unwrap();
        let scene = Scene::make(world, &key).await;
        world.tamper("CREATE TABLE kept AS SELECT * FROM desk_sealed_note").await;
        world.tamper("CREATE TABLE named AS SELECT * FROM desk_sealing_key").await;
        let keep = Rotate { keep_old: true, lost: false };
        assert_eq!(rotate(&world.store, &file, keep).await.unwrap().sealed, VALUES);
        assert_eq!(file.names().unwrap().len(), 2);
        // As a backup from before would put it back.
        world.tamper("DELETE FROM desk_sealed_note").await;
        world.tamper("INSERT INTO desk_sealed_note SELECT * FROM kept").await;
        world.tamper("UPDATE desk_sealing_key SET key_id = (SELECT key_id FROM named)").await;
        world.tamper("DROP TABLE kept").await;
        world.tamper("DROP TABLE named").await;
        let key = SealingKey::of_file(&file).unwrap();
        scene.read(&key).await.unwrap();
        let next = rotate(&world.store, &file, PLAIN).await.unwrap();
        assert_eq!((next.sealed, next.unopened.len()), (2, 0), "it goes on with the newest key");
        assert_eq!(file.names().unwrap(), [next.key]);
        scene.read(&key).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sealed_while_the_key_is_exchanged_is_not_overwritten() {
    each_engine("what_is_sealed_while_the_key_is_exchanged", async |world| {
        let folder = tempfile::tempdir().unwrap();
        let file = key_file(folder.path(), &[[7; 32]]);
        let key = SealingKey::of_file(&file).unwrap();
        let scene = Scene::make(world, &key).await;
        let (store, case, researcher) = (&world.store, &scene.cases[0], &scene.people.researcher);
        let exchange = {
            let (store, file) = (store.clone(), file.clone());
            tokio::spawn(async move {
                for _ in 0..10 {
                    rotate(&store, &file, PLAIN).await.unwrap();
                }
            })
        };
        let mut note = "fictional witness 0".to_owned();
        let mut written = 0;
        while !exchange.is_finished() || written < 20 {
            let next = format!("typed meanwhile {written}");
            store.seal_note(researcher, case, &next, &note_hash(&note), &key, at(30)).await.unwrap();
            note = store.reveal_sealed_note(researcher, case, &key, at(30)).await.unwrap().unwrap();
            assert_eq!(note, next);
            written += 1;
        }
        exchange.await.unwrap();
        assert_eq!(file.names().unwrap().len(), 1);
        assert_eq!(scene.values().await, [VALUES]);
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
