//! Likely duplicates: found among one's own cases and what is published, never among others' drafts.

use store::desk::{Likely, Member, Verdict};

use super::support::{People, World, at, each_engine, open, publish, save, seen};

async fn likely(world: &World, member: &Member, id: &str) -> Vec<Likely> {
    let (case, _) = world.store.case(member, id).await.unwrap();
    world.store.likely(&case).await.unwrap()
}

async fn titles(world: &World, people: &People, id: &str) -> Vec<String> {
    likely(world, &people.researcher, id).await.into_iter().map(|one| one.title).collect()
}

/// A case in Freedonia in May 2016, with `more`.
async fn case(world: &World, people: &People, title: &str, more: &[(&str, &str)]) -> String {
    let id = open(&world.store, people).await;
    save(&world.store, &people.researcher, &id, &[("places.0", "XFR"), ("title", title)]).await;
    save(&world.store, &people.researcher, &id, more).await;
    id
}

#[tokio::test]
async fn the_same_country_days_and_service_or_place_are_found() {
    each_engine("the_same_country_days_and_service_or_place_are_found", async |world| {
        let people = People::join(&world.store).await;
        let messenger = [("services", "Túnel Messenger\nAnother"), ("end", "2016-05-04")];
        let mine = case(world, &people, "Mine", &messenger).await;
        case(world, &people, "Same service", &[("services", "TUNEL messenger")]).await;
        case(world, &people, "Another service", &[("services", "A site")]).await;
        case(world, &people, "Same month", &[("services", "Another"), ("start", "2016-05")]).await;
        case(world, &people, "Says neither", &[]).await;
        case(world, &people, "Neither, another kind", &[("kind", "throttling")]).await;
        case(world, &people, "Before", &[("services", "Another"), ("start", "2016-05-01")]).await;
        case(world, &people, "After", &[("services", "Another"), ("start", "2016-05-05")]).await;
        case(world, &people, "Elsewhere", &[("services", "Another"), ("places.0", "XSY")]).await;
        let long = [("services", "Another"), ("start", "2015"), ("end", "2017")];
        case(world, &people, "All the while", &long).await;
        let found = titles(world, &people, &mine).await;
        assert_eq!(
            found,
            ["All the while", "Same month", "Same service", "Says neither"],
            "the nearest first"
        );

        // The same place will do, and a case without days or a country finds nothing.
        save(&world.store, &people.researcher, &mine, &[("services", ""), ("place_name", "Port, Hill")])
            .await;
        case(world, &people, "Same place", &[("place_name", "hill; Dale")]).await;
        assert_eq!(titles(world, &people, &mine).await, ["Same place", "Says neither"]);
        for gone in [("start", "in May"), ("places.0", "Fr")] {
            save(&world.store, &people.researcher, &mine, &[gone]).await;
            assert_eq!(titles(world, &people, &mine).await, Vec::<String>::new(), "{gone:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_others_have_not_published_is_never_told() {
    each_engine("what_others_have_not_published_is_never_told", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = open(store, &people).await;
        save(store, &people.researcher, &id, super::support::FOR_PUBLISHING).await;
        save(store, &people.researcher, &id, &[("places.0", "XFR"), ("services", "A messenger")]).await;
        // Another organisation enters the same.
        let theirs = store.new_case(&people.stranger, at(9)).await.unwrap();
        let same = [
            ("places.0", "XFR"),
            ("start", "2016-05-02"),
            ("kind", "platform-blocking"),
            ("services", "A messenger"),
        ];
        save(store, &people.stranger, &theirs, &same).await;
        assert_eq!(likely(world, &people.stranger, &theirs).await, []);
        assert_eq!(likely(world, &people.researcher, &id).await, []);
        for verdict in [Verdict::Related, Verdict::SameSeries, Verdict::NotTheSame] {
            let refused = store.say_of_likely(&people.stranger, &theirs, &id, verdict, at(9)).await;
            assert!(matches!(refused, Err(store::StoreError::NotFound)), "{refused:?}");
        }

        // Published it is told to everybody, by its reference; hidden to nobody.
        store
            .submit(&people.researcher, &id, &people.gazetteer, super::support::TODAY, at(10))
            .await
            .unwrap();
        let hash = seen(store, &people.first, &id).await;
        let today = super::support::TODAY;
        store.verify(&people.first, &id, &hash, &people.gazetteer, today, at(11)).await.unwrap();
        let reference = publish(store, &people, &id).await.reference;
        let found = likely(world, &people.stranger, &theirs).await;
        assert_eq!(
            (found.len(), found[0].key.as_str(), found[0].is_published),
            (1, reference.as_str(), true)
        );
        store.hide(&people.first, &id, "For a test.", at(12)).await.unwrap();
        assert_eq!(likely(world, &people.stranger, &theirs).await, []);
        store.restore(&people.second, &id, "For a test.", at(13)).await.unwrap();

        // Linked, it stands in the case and is not asked about again.
        store.say_of_likely(&people.stranger, &theirs, &reference, Verdict::Related, at(14)).await.unwrap();
        assert_eq!(likely(world, &people.stranger, &theirs).await, []);
        let draft = store.case(&people.stranger, &theirs).await.unwrap().0.draft;
        assert_eq!(draft.related, reference);
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_a_member_says_of_one_is_kept_with_the_case_and_logged() {
    each_engine("what_a_member_says_of_one_is_kept_with_the_case_and_logged", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let mine = case(world, &people, "Mine", &[("services", "A messenger")]).await;
        let other = case(world, &people, "Other", &[("services", "A messenger")]).await;
        let third = case(world, &people, "Third", &[("services", "A messenger"), ("series", "Spring")]).await;
        let say = async |key: &str, verdict| {
            store.say_of_likely(&people.researcher, &mine, key, verdict, at(9)).await.unwrap();
        };
        // An unpublished case has no reference to stand in a public field: the link stays at the desk.
        say(&other, Verdict::Related).await;
        let found = likely(world, &people.researcher, &mine).await;
        assert_eq!(found.iter().filter(|one| one.is_linked).count(), 1);
        assert_eq!(store.case(&people.researcher, &mine).await.unwrap().0.draft.related, "");
        say(&other, Verdict::NotTheSame).await;
        assert_eq!(titles(world, &people, &mine).await, ["Third"]);
        // A series is public with the case, an unpublished case's title is not.
        let fourth = case(world, &people, "SECRET draft", &[("services", "A messenger")]).await;
        let fifth = case(world, &people, "Fifth", &[("services", "A messenger")]).await;
        let series = Verdict::SameSeries;
        store.say_of_likely(&people.researcher, &fifth, &fourth, series, at(9)).await.unwrap();
        assert_eq!(store.case(&people.researcher, &fifth).await.unwrap().0.draft.series, "Fifth");
        for gone in [&fourth, &fifth] {
            save(store, &people.researcher, gone, &[("start", "1999-01-01")]).await;
        }
        say(&third, Verdict::SameSeries).await;
        assert_eq!(titles(world, &people, &mine).await, Vec::<String>::new());
        assert_eq!(store.case(&people.researcher, &mine).await.unwrap().0.draft.series, "Spring");
        let log = world.dump("desk_audit").await.join("\n");
        for act in ["likely duplicate linked", "likely duplicate set aside", "likely duplicate in series"] {
            let times = if act.ends_with("series") { 2 } else { 1 };
            assert_eq!(log.matches(act).count(), times, "{act}");
        }
        assert_eq!(titles(world, &people, &third).await.len(), 1, "the other case was told nothing of it");
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
