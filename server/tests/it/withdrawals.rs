//! What happens to a published incident later: corrections and retractions make editions, and the earlier answers
//! stay; hiding, restoring and redaction go through every edition.

use crate::support::{Published, Stranger, Who, each_engine, public_places};

const TITLE: &str = "Made-up messenger blocked for a test";

#[tokio::test]
async fn a_correction_leaves_the_earlier_answers_as_they_were() {
    each_engine("a_correction_leaves_the_earlier_answers_as_they_were", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { id, reference } = people.published(&[]).await;
        let edition = world.store.head().await.unwrap().edition;
        let page = format!("/incidents/{reference}?edition={edition}");
        let record = format!("/incidents/{reference}/record.json");
        let before = stranger.get(&page).await.expect(200).says(TITLE);
        let stored = stranger.get(&record).await.expect(200);
        let country = stranger.get(&format!("/countries/bra?edition={edition}")).await.expect(200);

        people
            .corrected(&id, "The day was wrong.", &[("title", "Made-up, corrected"), ("start", "2016-05-03")])
            .await;
        assert_eq!(world.store.head().await.unwrap().edition, edition + 1, "one more edition");
        let live = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
        live.says("Made-up, corrected").says("3 May 2016").says("The day was wrong.");
        stranger.get("/changes").await.expect(200).says("Corrected.").says("The day was wrong.");

        // The banner names the newest edition; all else is the same to the byte.
        let after = stranger.get(&page).await.expect(200);
        assert_eq!(without_banner(&after.text()), without_banner(&before.text()));
        let again = stranger.get(&format!("{record}?edition={edition}")).await.expect(200);
        assert_eq!(again.body, stored.body);
        assert_eq!(again.header("x-content-hash"), stored.header("x-content-hash"));
        assert_ne!(stranger.get(&record).await.expect(200).body, stored.body);
        let then = stranger.get(&format!("/countries/bra?edition={edition}")).await.expect(200);
        assert_eq!(without_banner(&then.text()), without_banner(&country.text()));
    })
    .await;
}

#[tokio::test]
async fn a_retraction_says_why_and_leaves_the_earlier_editions() {
    each_engine("a_retraction_says_why_and_leaves_the_earlier_editions", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { id, reference } = people.published(&[]).await;
        let edition = world.store.head().await.unwrap().edition;
        people
            .first
            .post(&format!("/desk/cases/{id}/retract"), &[])
            .await
            .expect(422)
            .says("A reason is needed");
        assert!(
            people.first.step(&id, "retract", "It never happened.").await.moved().contains("done=retract")
        );
        let page =
            stranger.get(&format!("/incidents/{reference}")).await.expect(200).says("It never happened.");
        page.never_says("A made-up court of this test");
        let json = stranger.get(&format!("/incidents/{reference}/record.json")).await.expect(200).json();
        assert_eq!((&json["state"], &json["content"]), (&"retracted".into(), &serde_json::Value::Null));
        for path in ["/countries/bra", "/incidents?country=BRA", "/charts/timeline.csv?country=BRA"] {
            stranger.get(path).await.expect(200).never_says(TITLE);
        }
        stranger.get(&format!("/incidents/{reference}?edition={edition}")).await.expect(200).says(TITLE);
        stranger.get(&format!("/incidents?country=BRA&edition={edition}")).await.expect(200).says(TITLE);
        // It cannot be retracted twice, and a correction can bring it back.
        people.first.post(&format!("/desk/cases/{id}/retract"), &[("reason", "again")]).await.expect(409);
        people.corrected(&id, "It did happen.", &[("title", "Made-up, after all")]).await;
        stranger.get(&format!("/incidents/{reference}")).await.expect(200).says("Made-up, after all");
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_is_withheld_in_every_edition_until_another_person_restores_it() {
    each_engine("what_is_hidden_is_withheld_in_every_edition", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { id, reference } = people.published(&[]).await;
        people.corrected(&id, "A detail.", &[("outcome", "Lifted.")]).await;
        let head = world.store.head().await.unwrap().edition;
        let page = format!("/incidents/{reference}");
        let before = stranger.get(&page).await.expect(200);
        assert!(people.first.step(&id, "hide", "Somebody is at risk.").await.moved().contains("done=hide"));
        assert_eq!(world.store.head().await.unwrap().edition, head, "hiding makes no edition");
        let places = public_places(world, &[&reference], &[]).await;
        for path in places.at_editions(1..=head) {
            let answer = stranger.get(&path).await.never_says(TITLE).never_says("Somebody is at risk.");
            let text = answer.text();
            assert!(!text.contains("A made-up court of this test"), "{path}");
        }
        for edition in head - 1..=head {
            stranger
                .get(&format!("{page}?edition={edition}"))
                .await
                .expect(200)
                .says("Withheld pending review.");
            let json =
                stranger.get(&format!("{page}/record.json?edition={edition}")).await.expect(200).json();
            assert_eq!((&json["state"], &json["content"]), (&"withheld".into(), &serde_json::Value::Null));
        }
        // Who hid it does not restore it; another does, and all is as before.
        assert!(
            people
                .first
                .get(&format!("/desk/cases/{id}/review"))
                .await
                .page()
                .find_form(&format!("/desk/cases/{id}/restore"))
                .is_none()
        );
        people
            .first
            .post(&format!("/desk/cases/{id}/restore"), &[("reason", "I was wrong")])
            .await
            .expect(403);
        stranger.get(&page).await.expect(200).says("Withheld pending review.");
        assert!(
            people.second.step(&id, "restore", "No risk after all.").await.moved().contains("done=restore")
        );
        assert_eq!(stranger.get(&page).await.expect(200).body, before.body);
    })
    .await;
}

#[tokio::test]
async fn a_redacted_field_is_nowhere_at_any_edition() {
    each_engine("a_redacted_field_is_nowhere_at_any_edition", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let secret = "Zephyrine";
        let told = format!("A made-up court blocked a messenger of {secret}. It was lifted after a day.");
        let title = format!("Messenger of {secret} blocked");
        let fields = [("narrative", told.as_str()), ("title", &title), ("outcome", "Lifted.")];
        let Published { id, reference } = people.published(&fields).await;
        people.corrected(&id, "A detail.", &[("outcome", "Lifted at noon.")]).await;
        let head = world.store.head().await.unwrap().edition;
        let before = stranger.get(&format!("/incidents/{reference}/record.json")).await.expect(200);
        let places = public_places(world, &[&reference], &[]).await;
        assert!(
            holding(&stranger, &places.at_editions(1..=head), secret).await >= 6,
            "the look does find it"
        );
        for field in ["narrative", "title"] {
            world
                .store
                .redact(&reference, field, "Somebody is at risk.", jiff::Timestamp::now())
                .await
                .unwrap();
        }
        world.app.follow_head().await.unwrap();
        assert_eq!(holding(&stranger, &places.at_editions(1..=head), secret).await, 0);
        let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
        page.says("withheld for safety").says(before.header("x-content-hash")).says("Lifted at noon.");
        // A later correction does not bring it back, whatever the case still holds.
        people.corrected(&id, "Another detail.", &[("outcome", "Lifted in the evening.")]).await;
        assert_eq!(holding(&stranger, &places.at_editions(1..=head + 1), secret).await, 0);
        stranger.get(&format!("/incidents/{reference}")).await.expect(200).says("Lifted in the evening.");
    })
    .await;
}

#[tokio::test]
async fn a_manager_and_a_steward_may_hide_and_are_told_so() {
    each_engine("a_manager_and_a_steward_may_hide_and_are_told_so", async |world| {
        let people = world.desk().await;
        for who in [Who::Manager, Who::Steward] {
            let Published { id, reference } = people.published(&[]).await;
            let member = world.sign_in(who).await;
            let location =
                member.post(&format!("/desk/cases/{id}/hide"), &[("reason", "Risk.")]).await.moved();
            assert_eq!(location, "/desk?done=hide", "{who:?}: they do not see the case");
            member.get(&location).await.expect(200).says("Hidden from the public");
            let page = world.stranger().get(&format!("/incidents/{reference}")).await.expect(200);
            page.says("Withheld pending review.");
        }
    })
    .await;
}

#[tokio::test]
async fn who_sees_no_case_hides_by_the_reference_on_the_page() {
    each_engine("who_sees_no_case_hides_by_the_reference_on_the_page", async |world| {
        let people = world.desk().await;
        let Published { reference, .. } = people.published(&[]).await;
        let fields = |reference: &str, reason: &str| {
            [("reference".to_owned(), reference.to_owned()), ("reason".to_owned(), reason.to_owned())]
        };
        let hide = async |who: Who, reference: &str, reason: &str| {
            let fields = fields(reference, reason);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            world.sign_in(who).await.post("/desk/hide", &fields).await
        };
        // Whose role hides nothing is not offered it, and refused it.
        for who in [Who::Researcher, Who::Analyst] {
            world.sign_in(who).await.get("/desk").await.expect(200).never_says("/desk/hide");
            world.sign_in(who).await.get("/desk/hide").await.expect(403);
            hide(who, &reference, "Risk.").await.expect(403);
        }
        let steward = world.sign_in(Who::Steward).await;
        steward.get("/desk").await.expect(200).says("Hide an incident at once");
        steward.get("/desk/hide").await.expect(200).says("Hide an incident at once");
        // What is unknown, and what another organisation's reviewer names, is answered alike; nothing typed is lost.
        let said = "No incident on the public record has this reference";
        for odd in ["", "TW-2016", "TW-2016-9999", "' OR 1=1"] {
            let page = hide(Who::Steward, odd, "A made-up risk.").await.expect(422).says(said);
            assert!(page.text().contains("A made-up risk."), "what was typed is still there");
        }
        hide(Who::Outsider, &reference, "Risk.").await.expect(422).says(said);
        let page = hide(Who::Steward, &reference, " ").await.expect(422).says("A reason is needed");
        assert!(page.text().contains(&reference), "what was typed is still there");
        let public = format!("/incidents/{reference}");
        world.stranger().get(&public).await.expect(200).never_says("Withheld pending review.");

        let typed = format!(" {} ", reference.to_lowercase());
        assert_eq!(hide(Who::Steward, &typed, "A made-up risk.").await.moved(), "/desk?done=hide");
        world.stranger().get(&public).await.expect(200).says("Withheld pending review.");
        hide(Who::Manager, &reference, "Again.").await.expect(409).says("nothing to hide");
    })
    .await;
}

/// How many of the addresses hold `secret`.
async fn holding(stranger: &Stranger, paths: &[String], secret: &str) -> usize {
    let mut found = 0;
    for path in paths {
        let answer = stranger.get(path).await;
        found += usize::from(answer.text().contains(secret));
    }
    found
}

fn without_banner(html: &str) -> String {
    let (before, rest) = html.split_once("edition-banner").expect("a banner");
    let start = before.rfind("<aside").expect("its beginning");
    let (_, after) = rest.split_once("</aside>").expect("its end");
    format!("{}{after}", &before[..start])
}
