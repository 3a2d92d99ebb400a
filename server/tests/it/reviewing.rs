//! Reviewing: comments on fields, publishing at a time, disputes, redaction and erasure by two persons.

use jiff::{SignedDuration, Timestamp};

use crate::support::{Form, Member, Published, Who, each_engine, public_places};

#[tokio::test]
async fn comments_stand_beside_their_field_are_answered_and_resolved() {
    each_engine("comments_stand_beside_their_field_are_answered_and_resolved", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let (review, act) = (format!("/desk/cases/{id}/review"), format!("/desk/cases/{id}/comments"));
        let said = "Which made-up court was it?";
        let comment = [("do", "comment"), ("field", "narrative"), ("body.narrative", said)];
        assert!(people.first.post(&act, &comment).await.moved().contains("done=comment"));
        // It counts in the queue of who entered the case, and stands beside the field of the form.
        people.researcher.get("/desk").await.expect(200).says("Comments that wait for your answer (1)");
        people.first.get("/desk").await.expect(200).never_says("Comments that wait");
        let form = people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200).text();
        let (at, field) = (form.find(said).unwrap(), form.find("id=\"f-narrative\"").unwrap());
        assert!(at < field && field - at < 400, "beside its field");

        let thread = async |by: &Member| {
            let forms = by.get(&review).await.expect(200).page().forms;
            let answers = |form: &Form| form.fields.iter().any(|(name, _)| name == "comment");
            forms.into_iter().find(answers).expect("a form to answer it")
        };
        let mut answer = thread(&people.researcher).await;
        let input = answer.fields.iter().find(|(name, _)| name.starts_with("body.")).unwrap().0.clone();
        people.researcher.send(&answer, "answer").await.expect(422).says("This is needed");
        answer.fill(&[(input.as_str(), "The made-up high court.")]);
        assert!(people.researcher.send(&answer, "answer").await.moved().contains("done=answer"));
        people.researcher.get("/desk").await.expect(200).never_says("Comments that wait");
        people.first.get("/desk").await.expect(200).says("Comments that wait for your answer (1)");
        assert!(
            people.first.send(&thread(&people.first).await, "resolve").await.moved().contains("done=resolve")
        );
        people.first.get("/desk").await.expect(200).never_says("Comments that wait");
        people.first.get(&review).await.expect(200).says("Resolved by amara@silent-heron.example");
        // Too late an answer loses nothing typed.
        let late = people.researcher.send(&answer, "answer").await.expect(409);
        assert!(
            late.text().contains("The made-up high court.") && late.text().contains("resolved this comment")
        );
        // Too long a comment comes back as well; a field that is none is not commented on.
        let long = "x".repeat(4_001);
        let page = people.first.post(&act, &[("do", "comment"), ("body", &long)]).await.expect(422);
        assert!(page.text().contains(&long));
        let none = [("do", "comment"), ("field", "nothing"), ("body", "x")];
        people.first.post(&act, &none).await.expect(404);
        // Managers do not see cases, so they do not comment.
        world.sign_in(Who::Manager).await.post(&act, &comment).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_sets_a_time_and_the_server_publishes() {
    each_engine("a_reviewer_sets_a_time_and_the_server_publishes", async |world| {
        let people = world.desk().await;
        let id = people.verified(&[]).await;
        let (review, set) = (format!("/desk/cases/{id}/review"), format!("/desk/cases/{id}/schedule"));
        for (day, time) in
            [("", "09:30"), ("soon", "09:30"), ("2016-01-01", "09:30"), ("2999-01-01", "25:00")]
        {
            let page = people.second.post(&set, &[("day", day), ("time", time)]).await.expect(422);
            let form = page.page().form(&set);
            assert_eq!(
                (form.value("day"), form.value("time")),
                (Some(day), Some(time)),
                "nothing typed is lost"
            );
        }
        let due = Timestamp::now() + SignedDuration::from_hours(48);
        let (day, time) = (due.strftime("%Y-%m-%d").to_string(), due.strftime("%H:%M").to_string());
        let set_it = [("day", day.as_str()), ("time", time.as_str())];
        assert!(people.second.post(&set, &set_it).await.moved().contains("done=schedule"));
        people.first.get("/desk").await.expect(200).says("To be published at a time (1)");
        people.researcher.get(&review).await.expect(200).says("Set to be published on").says("UTC");
        let head = world.store.head().await.unwrap().edition;
        world.app.publish_due(Timestamp::now()).await;
        assert_eq!(world.store.head().await.unwrap().edition, head, "it is not due yet");
        world.app.publish_due(due).await;
        let reference = people.reference(&id).await;
        world.stranger().get(&format!("/incidents/{reference}")).await.expect(200);
        // Nobody but a reviewer sets one, and only over what stands verified.
        people.researcher.post(&set, &set_it).await.expect(403);
        people.second.post(&set, &set_it).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_dispute_is_a_mark_from_one_edition_to_another() {
    each_engine("a_dispute_is_a_mark_from_one_edition_to_another", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { id, reference } = people.published(&[]).await;
        let first = world.store.head().await.unwrap().edition;
        let (page, record) =
            (format!("/incidents/{reference}"), format!("/incidents/{reference}/record.json"));
        let before = stranger.get(&record).await.expect(200);
        let act = format!("/desk/cases/{id}/dispute");
        let reason = "It says that no made-up order was given.";
        let typed = people.first.post(&act, &[("reason.dispute", reason)]).await.expect(422);
        assert!(typed.text().contains(reason), "nothing typed is lost");
        let fields = [("reason.dispute", reason), ("said_by", "The made-up ministry")];
        assert!(people.first.post(&act, &fields).await.moved().contains("done=dispute"));
        people.first.post(&act, &fields).await.expect(409);
        stranger.get(&page).await.expect(200).says("Disputed.").says("The made-up ministry").says(reason);
        stranger.get("/incidents?country=BRA").await.expect(200).says("Disputed");
        stranger.get("/changes").await.expect(200).says("Marked as disputed.").says(reason);
        stranger.get(&format!("{page}?edition={first}")).await.expect(200).never_says(reason);
        let after = stranger.get(&record).await.expect(200);
        assert_eq!(after.body, before.body, "the stored bytes are as they were");
        assert_eq!(after.header("x-disputed-since"), (first + 1).to_string());

        let lift = format!("/desk/cases/{id}/lift-dispute");
        people.second.post(&lift, &[]).await.expect(422).says("A reason is needed");
        let fields = [("reason.lift-dispute", "It was answered.")];
        assert!(people.second.post(&lift, &fields).await.moved().contains("done=lift-dispute"));
        let live = stranger.get(&page).await.expect(200).never_says("The made-up ministry");
        live.says("No longer disputed").says("It was answered.");
        stranger.get(&format!("{page}?edition={}", first + 1)).await.expect(200).says("The made-up ministry");
    })
    .await;
}

#[tokio::test]
async fn two_persons_erase_and_every_address_says_so() {
    each_engine("two_persons_erase_and_every_address_says_so", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let title = "Made-up messenger of Zephyrine blocked";
        let Published { id, reference } = people.published(&[("title", title)]).await;
        people.published(&[("title", "Another made-up case")]).await;
        let act = format!("/desk/cases/{id}/withdrawals");
        let manager = world.sign_in(Who::Manager).await;
        // A manager sees no case, and what they need to decide.
        manager.get(&act).await.expect(200).says(title).never_says("A made-up court of this test");
        let page = people.researcher.get(&act).await.expect(200);
        page.says("Ask for it").never_says("first of two").never_says("Do it now");
        people
            .researcher
            .post(&act, &[("do", "ask"), ("act", "erase")])
            .await
            .expect(422)
            .says("This is needed");
        let ask = [("do", "ask"), ("act", "erase"), ("reason.erase", "Somebody is at risk.")];
        assert!(people.researcher.post(&act, &ask).await.moved().contains("done=withdrawal-asked"));
        manager
            .get("/desk")
            .await
            .expect(200)
            .says("Redactions and erasures (1)")
            .says("An erasure was asked for.");
        people
            .researcher
            .get("/desk")
            .await
            .expect(200)
            .says("An erasure was asked for. It waits for amara@");
        assert!(people.first.post(&act, &ask).await.moved().contains("done=withdrawal-asked"));
        people.first.get(&act).await.expect(200).says("another reviewer or manager has to confirm it");
        people.first.get("/desk").await.expect(200).never_says("Redactions and erasures");
        let confirm = manager.get(&act).await.expect(200).page().form(&act);
        let head = world.store.head().await.unwrap().edition;
        assert_eq!(manager.send(&confirm, "confirm").await.moved(), "/desk?done=erased");
        manager.get("/desk?done=erased").await.expect(200).says("Erased, in every edition");

        let places = public_places(world, &[&reference], &[]).await;
        for path in places.at_editions(1..=head) {
            let answer = stranger.get(&path).await.never_says("Zephyrine");
            if path.starts_with(&format!("/incidents/{reference}")) {
                assert_eq!(answer.status, 410, "{path}");
            }
        }
        let gone = stranger.get(&format!("/incidents/{reference}")).await.expect(410);
        gone.says("was erased");
        let json = stranger.get(&format!("/incidents/{reference}/record.json")).await.expect(410).json();
        assert_eq!((&json["state"], &json["content"]), (&"erased".into(), &serde_json::Value::Null));
        for page in ["", "/review", "/sealed", "/evidence", "/withdrawals"] {
            people.first.get(&format!("/desk/cases/{id}{page}")).await.expect(404);
        }
        people
            .first
            .get("/desk/cases")
            .await
            .expect(200)
            .never_says("Zephyrine")
            .says("Another made-up case");
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_reads_what_they_stand_for() {
    each_engine("a_reviewer_reads_what_they_stand_for", async |world| {
        let people = world.desk().await;
        let named = [
            ("naming", "public-figure"),
            ("naming_reason", "A made-up minister in office."),
            ("actors.0.name", "Minister Dogberry"),
            ("sources.0.first_published_by", "The Made-up Herald"),
        ];
        let id = people.submitted(&named).await;
        let page = people.first.get(&format!("/desk/cases/{id}/review")).await.expect(200);
        page.says("What a reviewer stands for")
            .says("A made-up minister in office.")
            .says("Minister Dogberry")
            .says("Nobody was asked: The court of this test answers no questions.");
    })
    .await;
}
