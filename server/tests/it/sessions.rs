//! Saving while typing, two who type at once, and a session that ends meanwhile: nothing typed is lost, and nothing is
//! handed to another.

use axum::http::Method;

use crate::support::{Answer, COMPLETE, Member, PASSWORD, Who, each_engine};

async fn autosave(member: &Member, id: &str, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/desk/cases/{id}/autosave");
    member
        .ask(Method::POST, &path)
        .sent_by_our_page()
        .header("accept", "application/json")
        .fields(fields)
        .send()
        .await
}

async fn sign_in_with(member: &Member, who: Who, page: &Answer) -> Answer {
    let mut form = page.page().form("/sign-in");
    form.fill(&[("email", who.email()), ("password", PASSWORD)]);
    member.send(&form, "").await
}

#[tokio::test]
async fn autosave_answers_in_json_what_became_of_the_text() {
    each_engine("autosave_answers_in_json_what_became_of_the_text", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let revision = people.researcher.case_form(&id).await.value("revision").unwrap().to_owned();
        let saved =
            autosave(&people.researcher, &id, &[("revision", &revision), ("outcome", "Lifted.")]).await;
        let json = saved.expect(200).json();
        assert!(json["revision"].as_i64().unwrap() > revision.parse().unwrap(), "{json}");
        assert_eq!(json["saved_at"].as_str().unwrap().len(), 5, "{json}");
        assert_eq!(people.researcher.case_form(&id).await.value("outcome"), Some("Lifted."));
        // Another field, based on the same revision: both stand.
        autosave(&people.first, &id, &[("revision", &revision), ("decision", "An order.")]).await.expect(200);
        // The same field, based on an old revision: both texts come back, and nothing is written.
        let conflict = autosave(&people.first, &id, &[("revision", &revision), ("outcome", "Upheld.")]).await;
        let json = conflict.expect(409).json();
        assert_eq!(json["conflicts"][0]["field"], "outcome");
        assert_eq!(
            (json["conflicts"][0]["mine"].as_str(), json["conflicts"][0]["theirs"].as_str()),
            (Some("Upheld."), Some("Lifted."))
        );
        let form = people.researcher.case_form(&id).await;
        assert_eq!((form.value("outcome"), form.value("decision")), (Some("Lifted."), Some("An order.")));
        let long = "a".repeat(200_000);
        let json = autosave(&people.researcher, &id, &[("revision", "99"), ("narrative", &long)])
            .await
            .expect(422)
            .json();
        assert_eq!(json["errors"][0]["field"], "narrative");
        assert!(json["errors"][0]["message"].as_str().unwrap().contains("200,000"), "{json}");
        autosave(&people.researcher, "no-such-case", &[("outcome", "x")]).await.expect(404).json();
        people.researcher.set_cookie(None);
        let json = autosave(&people.researcher, &id, &[("outcome", "x")]).await.expect(401).json();
        assert_eq!(json["error"], "signed-out");
    })
    .await;
}

#[tokio::test]
async fn two_texts_for_one_field_are_both_shown_and_neither_is_lost() {
    each_engine("two_texts_for_one_field_are_both_shown_and_neither_is_lost", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let mut mine = people.researcher.case_form(&id).await;
        people.first.type_into(&id, &[("outcome", "Theirs: upheld on appeal.")], "save").await.expect(303);
        mine.fill(&[("outcome", "Mine: lifted at noon."), ("decision", "Also mine.")]);
        let answer = people.researcher.send(&mine, "save").await.expect(409);
        let answer = answer.says("Theirs: upheld on appeal.").says("Mine: lifted at noon.");
        let form = answer.page().form(&format!("/desk/cases/{id}"));
        assert_eq!(
            form.value("outcome"),
            Some("Mine: lifted at noon."),
            "what was typed is still in the form"
        );
        assert_eq!(people.first.case_form(&id).await.value("decision"), Some(""), "nothing half written");
        // The form that came back is based on what was shown: sending it again decides.
        people.researcher.send(&form, "save").await.expect(303);
        let form = people.first.case_form(&id).await;
        assert_eq!(
            (form.value("outcome"), form.value("decision")),
            (Some("Mine: lifted at noon."), Some("Also mine."))
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_while_somebody_published_is_shown_and_not_kept() {
    each_engine("what_was_typed_while_somebody_published_is_shown_and_not_kept", async |world| {
        let people = world.desk().await;
        let id = people.verified(&[]).await;
        let mut form = people.researcher.case_form(&id).await;
        people.second.step(&id, "publish", "").await.expect(303);
        form.fill(&[("outcome", "Typed too late.")]);
        let answer = people.researcher.send(&form, "save").await.expect(409);
        answer.says("This case is not open for changes any more").says("Typed too late.");
        let page = people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200);
        page.never_says("Typed too late.");
    })
    .await;
}

#[tokio::test]
async fn add_another_gives_another_entry() {
    each_engine("add_another_gives_another_entry", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        for (button, field) in
            [("add-source", "sources.1.url"), ("add-place", "places.1"), ("add-actor", "actors.1.state")]
        {
            let form = people.researcher.case_form(&id).await;
            assert_eq!(form.value(field), None);
            let location = people.researcher.send(&form, button).await.moved();
            let page = people.researcher.get(&location).await.expect(200).page();
            assert_eq!(page.form(&format!("/desk/cases/{id}")).value(field), Some(""), "{button}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_whose_session_had_ended_is_handed_over_for_the_same_member_only() {
    each_engine("a_form_whose_session_had_ended_is_handed_over_for_the_same_member_only", async |world| {
        let people = world.desk().await;
        let id = people.draft(COMPLETE).await;
        let mut form = people.researcher.case_form(&id).await;
        let typed = "Typed for an hour:\r\n\r\n<b>&amp;\"'\r\n  </textarea> and more. And more.";
        form.fill(&[("narrative", typed), ("title", "A title \"typed\"")]);
        people.researcher.set_cookie(None);
        let page = people.researcher.send(&form, "save").await.expect(401).says("What you typed is kept");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(
            page.page().form("/sign-in").value("replay.narrative"),
            Some(typed),
            "carried to the letter"
        );
        // A wrong password does not lose it.
        let mut wrong = page.page().form("/sign-in");
        wrong.fill(&[("email", Who::Researcher.email()), ("password", "wrong")]);
        let again = people.researcher.send(&wrong, "").await.expect(422);
        assert_eq!(again.page().form("/sign-in").value("replay.narrative"), Some(typed));
        // Somebody else signs in at the same browser: nothing is saved, and nothing shown.
        let other = sign_in_with(&people.researcher, Who::FirstReviewer, &again).await.expect(403);
        other.says("Somebody else signed in").never_says("Typed for an hour");
        assert_ne!(people.first.case_form(&id).await.value("title"), Some("A title \"typed\""));
        // The same member signs in: it is saved as it was typed.
        people.researcher.set_cookie(None);
        let saved = sign_in_with(&people.researcher, Who::Researcher, &again).await.moved();
        assert_eq!(saved, format!("/desk/cases/{id}?done=saved"));
        let form = people.researcher.case_form(&id).await;
        assert_eq!(form.value("narrative"), Some(typed));
        assert_eq!(form.value("title"), Some("A title \"typed\""));
    })
    .await;
}

#[tokio::test]
async fn a_reason_and_a_sealed_note_are_handed_over_too() {
    each_engine("a_reason_and_a_sealed_note_are_handed_over_too", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let step = format!("/desk/cases/{id}/request-changes");
        let mut form = people.first.get(&format!("/desk/cases/{id}/review")).await.page().form(&step);
        form.fill(&[("reason.request-changes", "Name the court, please.")]);
        people.first.set_cookie(None);
        let page = people.first.send(&form, "").await.expect(401);
        assert!(
            sign_in_with(&people.first, Who::FirstReviewer, &page)
                .await
                .moved()
                .contains("done=request-changes")
        );
        people.researcher.get(&format!("/desk/cases/{id}")).await.says("Name the court, please.");

        let sealed = format!("/desk/cases/{id}/sealed");
        let reveal = people.researcher.get(&sealed).await.expect(200).page().form(&sealed);
        let mut form = people.researcher.send(&reveal, "reveal").await.expect(200).page().form(&sealed);
        form.fill(&[("note", "The witness of this test.")]);
        people.researcher.set_cookie(None);
        let page = people.researcher.send(&form, "save").await.expect(401);
        assert!(
            sign_in_with(&people.researcher, Who::Researcher, &page).await.moved().contains("done=sealed")
        );
        let revealed = people.researcher.send(&reveal, "reveal").await.expect(200);
        assert_eq!(revealed.page().form(&sealed).value("note"), Some("The witness of this test."));
        // An address to hand over to that is no form of ours leads to the desk.
        let fields =
            [("email", Who::Researcher.email()), ("password", PASSWORD), ("replay-to", "//evil.example/x")];
        assert_eq!(people.researcher.post("/sign-in", &fields).await.moved(), "/desk");
    })
    .await;
}
