//! The main story: a case is logged, reviewed, published, and stands on its country's page.

use crate::support::{COMPLETE, FIVE_FIELDS, World, each_engine};

#[tokio::test]
async fn a_case_is_logged_reviewed_published_and_stands_on_its_countrys_page() {
    each_engine("a_case_is_logged_reviewed_published_and_stands_on_its_countrys_page", async |world| {
        let people = world.desk().await;
        let stranger = world.stranger();
        let before = counts(world).await;
        assert!(
            stranger.get("/incidents/TW-2016-0001").await.status.is_success(),
            "the starter record is there"
        );

        // Five fields by the plain form, and submit.
        let id = people.researcher.new_case().await;
        let mut form = people.researcher.case_form(&id).await;
        form.fill(FIVE_FIELDS);
        let location = people.researcher.send(&form, "submit").await.moved();
        assert_eq!(location, format!("/desk/cases/{id}?done=submitted"));
        people.researcher.get(&location).await.expect(200).says("waits for a reviewer");

        // The first reviewer sees what publishing still needs, and completes it.
        let review = format!("/desk/cases/{id}/review");
        let page = people.first.get(&review).await.expect(200).says("What publishing still needs");
        assert!(page.page().find_form(&format!("/desk/cases/{id}/verify")).is_none());
        let completed = people.first.type_into(&id, COMPLETE, "save").await.moved();
        assert!(completed.contains("done=saved"));

        // So they cannot verify it: the page says so, and a direct request is refused.
        let page =
            people.first.get(&review).await.expect(200).says("another reviewer has to verify it").page();
        assert!(page.find_form(&format!("/desk/cases/{id}/verify")).is_none());
        let seen =
            people.second.get(&review).await.expect(200).page().form(&format!("/desk/cases/{id}/verify"));
        let seen = seen.value("seen").unwrap();
        let direct = people.first.post(&format!("/desk/cases/{id}/verify"), &[("seen", seen)]).await;
        direct.expect(403).says("Not allowed");

        // Not yet published: the stranger finds nothing, and no edition was made.
        assert_eq!(counts(world).await, before);

        // The second reviewer verifies and publishes; nobody else could have.
        let too_early = people.second.post(&format!("/desk/cases/{id}/publish"), &[]).await;
        too_early.expect(403);
        assert!(people.second.step(&id, "verify", "").await.moved().contains("done=verify"));
        for path in [format!("/desk/cases/{id}/publish"), format!("/desk/cases/{id}/publish?force=1")] {
            people.researcher.post(&path, &[("seen", seen), ("do", "publish")]).await.expect(403);
            stranger.post(&path, &[("seen", seen)]).await.expect(401);
        }
        people.researcher.get(&review).await.expect(200).says("another reviewer has to publish it");
        let location = people.second.step(&id, "publish", "").await.moved();
        people.second.get(&location).await.expect(200).says("Published.");
        let reference = people.reference(&id).await;
        assert!(reference.starts_with("TW-2016-"), "{reference}");

        // The stranger sees it, with what bound Brazil on that day.
        let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
        let page = page.says("Made-up messenger blocked for a test").says("Standing of Brazil on that day");
        let words = page.words();
        assert!(words.contains("not a party"), "the Budapest Convention bound Brazil later: {words}");
        let country = stranger.get("/countries/bra").await.expect(200);
        let entry = entry_of(&country.words(), "Made-up messenger blocked for a test");
        assert!(entry.contains("On that day") || entry.contains("on that day"), "{entry}");
        stranger.get("/changes").await.expect(200).says(&reference);
        stranger
            .get("/incidents?country=BRA&year=2016")
            .await
            .expect(200)
            .says("Made-up messenger blocked for a test");
        let (edition, incidents) = counts(world).await;
        assert_eq!((edition, incidents), (before.0 + 1, before.1 + 1), "one more edition, one more incident");
        stranger.get(&format!("/incidents/{reference}?edition={}", before.0)).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_was_verified_is_what_is_published() {
    each_engine("what_was_verified_is_what_is_published", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let review = people.first.get(&format!("/desk/cases/{id}/review")).await.page();
        let verify = review.form(&format!("/desk/cases/{id}/verify"));
        // Somebody changes it after the page was opened: the reviewer has to read it again.
        people.researcher.type_into(&id, &[("outcome", "Lifted after a day.")], "save").await.expect(303);
        people
            .first
            .send(&verify, "")
            .await
            .expect(409)
            .says("Somebody changed the case after you opened this page");
        assert!(people.first.step(&id, "verify", "").await.moved().contains("done=verify"));
        // A change takes the verification back.
        people.researcher.type_into(&id, &[("outcome", "Lifted after two days.")], "save").await.expect(303);
        people.second.post(&format!("/desk/cases/{id}/publish"), &[]).await.expect(403);
        // Changes are requested with a reason; without one nothing happens.
        people
            .second
            .post(&format!("/desk/cases/{id}/request-changes"), &[])
            .await
            .expect(422)
            .says("A reason is needed");
        assert!(
            people.second.step(&id, "request-changes", "Name the court.").await.moved().contains("done=")
        );
        people
            .researcher
            .get(&format!("/desk/cases/{id}"))
            .await
            .says("Name the court.")
            .says("changes requested");
        assert!(people.researcher.type_into(&id, &[], "submit").await.moved().contains("done=submitted"));
        assert!(people.first.step(&id, "verify", "").await.moved().contains("done=verify"));
        assert!(people.second.step(&id, "publish", "").await.moved().contains("done=publish"));
        // A step twice is a conflict that says so.
        let again = people.second.post(&format!("/desk/cases/{id}/publish"), &[]).await;
        assert!(matches!(again.status.as_u16(), 403 | 409), "{}", again.status);
        let reference = people.reference(&id).await;
        world.stranger().get(&format!("/incidents/{reference}")).await.says("Lifted after two days.");
    })
    .await;
}

/// The newest edition, and how many incidents of Brazil the list counts.
async fn counts(world: &World) -> (i64, usize) {
    let store_head = world.store.head().await.unwrap();
    let json = world.stranger().get("/charts/timeline.json?country=BRA").await.expect(200);
    let of_brazil = json.text().matches("TW-").count();
    (store_head.edition, of_brazil)
}

/// The words from a title on, as far as one entry reaches.
fn entry_of(words: &str, title: &str) -> String {
    let at = words.find(title).unwrap_or_else(|| panic!("no {title} in {words}"));
    words[at..].chars().take(900).collect()
}
