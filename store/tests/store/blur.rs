//! What was made less exact is said nowhere in the clear, and no text that still says it is published unanswered.

use domain::Problem;
use domain::blur::How;
use store::StoreError;
use store::desk::{Blur, SealingKey};

use super::support::{FOR_PUBLISHING, People, TODAY, World, at, each_engine, open, publish, save, seen};

fn key() -> SealingKey {
    SealingKey::new([7; 32])
}

/// A case of the researcher that says a place and a name all over.
async fn case(world: &World, people: &People) -> String {
    let id = open(&world.store, people).await;
    save(&world.store, &people.researcher, &id, FOR_PUBLISHING).await;
    let told = [
        ("place_name", "Grimsholm, Western Freedonia"),
        ("title", "Messenger blocked in Freedonia"),
        ("sources.0.url", "https://example.org/grimsholm-blocks-messenger"),
        ("persons.0.role", "journalist"),
        ("persons.0.name", "Odd Fictional"),
        ("start", "2016-05-02"),
    ];
    save(&world.store, &people.researcher, &id, &told).await;
    id
}

async fn blurs(world: &World, people: &People, id: &str) -> Vec<Blur> {
    let (case, _) = world.store.case(&people.researcher, id).await.unwrap();
    world.store.blurs(&case).await.unwrap()
}

async fn open_fields(world: &World, people: &People, id: &str) -> Vec<String> {
    let all = blurs(world, people, id).await;
    all.iter().flat_map(Blur::open).map(|error| error.field).collect()
}

#[tokio::test]
async fn what_was_blurred_stands_nowhere_in_the_database_but_where_somebody_wrote_it() {
    each_engine(
        "what_was_blurred_stands_nowhere_in_the_database_but_where_somebody_wrote_it",
        async |world| {
            let (store, people) = (&world.store, People::join(&world.store).await);
            let id = case(world, &people).await;
            let wider = How::Wider("Western Freedonia".to_owned());
            store.blur(&people.researcher, &id, "place_name", &wider, &key(), at(3)).await.unwrap();
            store.blur(&people.researcher, &id, "persons.0.name", &How::Role, &key(), at(4)).await.unwrap();
            store.blur(&people.researcher, &id, "start", &How::Month, &key(), at(5)).await.unwrap();
            let draft = store.case(&people.researcher, &id).await.unwrap().0.draft;
            assert_eq!(
                (draft.place_name.as_str(), draft.persons[0].name.as_str(), draft.start.as_str()),
                ("Western Freedonia", "", "2016-05")
            );
            assert_eq!(
                open_fields(world, &people, &id).await,
                ["sources.0.url"],
                "the address still says the place"
            );

            // The address is changed: what was hidden is gone from the draft, its versions, the log, and the blurs.
            let elsewhere = [("sources.0.url", "https://example.org/blocks-messenger")];
            save(store, &people.researcher, &id, &elsewhere).await;
            store.check_blurs(&people.researcher, &id, &key()).await.unwrap();
            assert_eq!(open_fields(world, &people, &id).await, Vec::<String>::new());
            let draft =
                serde_json::to_string(&store.case(&people.researcher, &id).await.unwrap().0.draft).unwrap();
            let rows = [world.dump("desk_blur").await, world.dump("desk_audit").await, vec![draft]].concat();
            for hidden in ["Grimsholm", "Odd Fictional", "2016-05-02"] {
                assert!(rows.iter().all(|row| !row.contains(hidden)), "{hidden}");
                let versions = world.dump("desk_case_version").await;
                let stands = |row: &String| {
                    // PostgreSQL writes quotation marks twice.
                    let row = row.replace("\"\"", "\"");
                    ["place_name", "start"]
                        .iter()
                        .any(|field| row.contains(&format!("\"{field}\":\"{hidden}")))
                        || row.contains(&format!("\"name\":\"{hidden}"))
                };
                assert!(!versions.iter().any(stands), "{hidden} in an earlier version");
            }
            // Another key does not open it, and so nothing is taken for compared.
            let other = SealingKey::new([8; 32]);
            assert!(matches!(
                store.check_blurs(&people.researcher, &id, &other).await,
                Err(StoreError::UnknownKey(_))
            ));
            assert!(store.verify_audit().await.unwrap().is_ok());
        },
    )
    .await;
}

#[tokio::test]
async fn no_text_that_still_says_it_goes_on_without_an_answer() {
    each_engine("no_text_that_still_says_it_goes_on_without_an_answer", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = case(world, &people).await;
        let wider = How::Wider(String::new());
        store.blur(&people.researcher, &id, "place_name", &wider, &key(), at(3)).await.unwrap();
        let submit = async || store.submit(&people.researcher, &id, &people.gazetteer, TODAY, at(6)).await;
        let Err(StoreError::Refused(errors)) = submit().await else { panic!("handed in") };
        assert_eq!((errors[0].field.as_str(), &errors[0].problem), ("sources.0.url", &Problem::StillSaysIt));

        // The answer must not say it again, and holds for the text that it was given for.
        let blur = blurs(world, &people, &id).await.remove(0).id;
        let stay = async |reason: &str| {
            let mention = (blur.as_str(), "sources.0.url");
            store.may_stay(&people.researcher, &id, mention, reason, &key(), at(7)).await
        };
        for (reason, problem) in [("", Problem::Missing), ("Grimsholm is known.", Problem::StillSaysIt)] {
            let Err(StoreError::Refused(errors)) = stay(reason).await else { panic!("taken: {reason}") };
            assert_eq!(errors[0].problem, problem);
        }
        stay("The address alone, of a public page.").await.unwrap();
        assert_eq!(open_fields(world, &people, &id).await, Vec::<String>::new());
        let again =
            [("sources.0.url", "https://example.org/grimsholm-again"), ("outcome", "Lifted in GRIMSHOLM.")];
        save(store, &people.researcher, &id, &again).await;
        assert!(
            matches!(submit().await, Err(StoreError::ChangedSinceVerified)),
            "nothing is handed in that was not compared"
        );
        store.check_blurs(&people.researcher, &id, &key()).await.unwrap();
        assert_eq!(open_fields(world, &people, &id).await, ["outcome", "sources.0.url"]);
        assert!(matches!(submit().await, Err(StoreError::Refused(_))));
        stay("The address alone, of a public page.").await.unwrap();
        let changed = [("outcome", "Lifted there."), ("naming", "agreed"), ("naming_reason", "By letter.")];
        save(store, &people.researcher, &id, &changed).await;
        store.check_blurs(&people.researcher, &id, &key()).await.unwrap();
        submit().await.unwrap();
        let hash = seen(store, &people.first, &id).await;
        store.verify(&people.first, &id, &hash, &people.gazetteer, TODAY, at(8)).await.unwrap();
        publish(store, &people, &id).await;
        let told = world.dump("record_").await.join("\n");
        assert!(!told.to_lowercase().replace("example.org/grimsholm-again", "").contains("grimsholm"));
    })
    .await;
}

#[tokio::test]
async fn blurring_is_editing_and_forgetting_leaves_the_field_as_it_is_shown() {
    each_engine("blurring_is_editing_and_forgetting_leaves_the_field_as_it_is_shown", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = case(world, &people).await;
        let theirs = store.blur(&people.stranger, &id, "start", &How::Year, &key(), at(3)).await;
        assert!(matches!(theirs, Err(StoreError::NotFound)), "{theirs:?}");
        let wrong = store.blur(&people.researcher, &id, "title", &How::Role, &key(), at(3)).await;
        assert!(matches!(wrong, Err(StoreError::Refused(_))), "{wrong:?}");
        store.blur(&people.researcher, &id, "start", &How::Year, &key(), at(3)).await.unwrap();
        let blur = blurs(world, &people, &id).await.remove(0).id;
        let theirs = store.forget_blur(&people.stranger, &id, &blur, at(4)).await;
        assert!(matches!(theirs, Err(StoreError::NotFound)), "{theirs:?}");
        store.forget_blur(&people.researcher, &id, &blur, at(4)).await.unwrap();
        assert_eq!(blurs(world, &people, &id).await, []);
        assert_eq!(store.case(&people.researcher, &id).await.unwrap().0.draft.start, "2016");
    })
    .await;
}
