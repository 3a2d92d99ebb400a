//! What waits for whom: each sees what is theirs to do, why the rest waits on others, and nothing of other organisations.

use crate::support::{Who, counted, each_engine};

#[tokio::test]
async fn each_sees_what_waits_for_them_and_why_the_rest_does_not() {
    each_engine("each_sees_what_waits_for_them_and_why_the_rest_does_not", async |world| {
        let people = world.desk().await;
        let draft = people.draft(&[("title", "A made-up draft")]).await;
        let submitted = people.submitted(&[("title", "A made-up case handed in")]).await;
        let verified = people.verified(&[("title", "A made-up case verified")]).await;
        let changed = people.submitted(&[("title", "A made-up case that Amara changed")]).await;
        people.first.type_into(&changed, &[("outcome", "Lifted.")], "save").await.expect(303);
        let back = people.submitted(&[("title", "A made-up case sent back")]).await;
        people.first.step(&back, "request-changes", "The day is missing.").await.expect(303);

        let page = people.researcher.get("/desk").await.expect(200);
        let page = page
            .says("Sent back to you (1)")
            .says("Reason given: The day is missing.")
            .says("Your drafts (1)")
            .says("Waits for somebody else (3)")
            .never_says("Waits for your review")
            .says("amara@silent-heron.example or joao@silent-heron.example");
        for id in [&draft, &submitted, &verified, &changed, &back] {
            assert!(page.text().contains(id.as_str()));
        }
        // Amara changed one: another reviewer has to, and she is told who.
        let page = people.first.get("/desk").await.expect(200);
        page.says("Waits for your review (1)")
            .says("Verified: waits for you to publish (1)")
            .says("because you changed something in this version. It waits for joao@silent-heron.example.")
            .never_says("A made-up draft");
        people.second.get("/desk").await.expect(200).says("Waits for your review (2)");
        // Drafts of others, and what others do, are not theirs.
        for who in [Who::OtherResearcher, Who::Analyst, Who::Manager, Who::Steward, Who::Outsider] {
            world.sign_in(who).await.get("/desk").await.expect(200).never_says("A made-up");
        }
        // One section whole; an unknown one is no section.
        people.second.get("/desk?show=review").await.expect(200).never_says("A made-up case verified");
        people.second.get("/desk?show=nothing").await.expect(200).says("A made-up case verified");
    })
    .await;
}

#[tokio::test]
async fn who_handed_it_in_is_told_that_another_has_to_publish() {
    each_engine("who_handed_it_in_is_told_that_another_has_to_publish", async |world| {
        let people = world.desk().await;
        let id = people.draft(crate::support::COMPLETE).await;
        people.first.type_into(&id, &[], "submit").await.expect(303);
        people.second.step(&id, "verify", "").await.expect(303);
        let page = people.first.get("/desk").await.expect(200);
        page.says("because you handed it in. It waits for joao@silent-heron.example.")
            .never_says("waits for you to publish");
        people.second.get("/desk").await.expect(200).says("waits for you to publish (1)");
    })
    .await;
}

#[tokio::test]
async fn four_hundred_cases_are_asked_for_a_constant_number_of_times() {
    each_engine("four_hundred_cases_are_asked_for_a_constant_number_of_times", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let (page, few) = counted(people.second.get("/desk")).await;
        page.expect(200).says("Waits for your review (1)");
        for n in 0..400 {
            let copy = "INSERT INTO desk_case (id, organisation, entrant, public_state, working_state, working, revision, \
                 field_revisions, version, submitted_by, note, created_at, changed_at, waits_since) \
                 SELECT CAST($2 AS TEXT), organisation, entrant, public_state, working_state, working, revision, \
                 field_revisions, version, submitted_by, note, created_at, CAST($3 AS TEXT), CAST($3 AS TEXT) \
                 FROM desk_case WHERE id = $1";
            let stamp = format!("2020-01-01T00:{:02}:{:02}Z", n / 60, n % 60);
            let copied = sqlx::query(copy).bind(id.clone()).bind(format!("made-up-{n}")).bind(stamp);
            copied.execute(&world.raw).await.unwrap();
        }
        let (page, many) = counted(people.second.get("/desk")).await;
        let page = page.expect(200).says("Waits for your review (401)").says("386 more");
        assert_eq!(few, many);
        assert!(many <= 10, "{many}");
        // The longest waiting first.
        let (first, last) = (page.text().find("made-up-0/").unwrap(), page.text().find("made-up-14/").unwrap());
        assert!(first < last && !page.text().contains(id.as_str()));
        people.second.get("/desk?show=review").await.expect(200).says("(401)").never_says("more");
        // The list goes page by page, and has each case once.
        let mut path = "/desk/cases".to_owned();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..9 {
            let links = people.second.get(&path).await.expect(200).page().links();
            seen.extend(links.iter().filter(|link| link.starts_with("/desk/cases/")).cloned());
            let Some(next) = links.into_iter().find(|link| link.starts_with("/desk/cases?after=")) else { break };
            path = next;
        }
        assert_eq!(seen.len(), 401);
    })
    .await;
}
