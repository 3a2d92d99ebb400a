//! A partner organisation's reviewer as second person: what they see of a case that is handed to them, and how either
//! side takes that back at once.

use std::io::Cursor;

use axum::http::Method;

use crate::support::{FIVE_FIELDS, Form, History, MARK, Member, Who, World, each_engine, leaks};

/// Puts somebody into another role, as the command line could.
async fn make(world: &World, who: Who, role: &'static str) {
    let sql =
        "UPDATE desk_membership SET role = $2 WHERE member = (SELECT id FROM desk_member WHERE email = $1)";
    sqlx::query(sql).bind(who.email()).bind(role).execute(&world.raw).await.unwrap();
}

async fn form_with(member: &Member, path: &str, action: &str, button: &str) -> Form {
    let page = member.get(path).await.expect(200).page();
    let has = |form: &&Form| {
        form.action == action && (button.is_empty() || form.buttons.iter().any(|b| b.1 == button))
    };
    page.forms.iter().find(has).cloned().unwrap_or_else(|| panic!("no {button}: {:?}", page.forms))
}

async fn partner_act(member: &Member, button: &str) {
    let form = form_with(member, "/desk/partners", "/desk/partners", button).await;
    member.send(&form, button).await.expect(303);
}

/// The two organisations become partners, by their managers; the outsider is a reviewer again afterwards.
async fn become_partners(world: &World, outsider: &Member) -> Member {
    let manager = world.sign_in(Who::Manager).await;
    let mut form = form_with(&manager, "/desk/partners", "/desk/partners", "name").await;
    form.fill(&[("partner", "Far-Lighthouse ")]);
    assert!(manager.send(&form, "name").await.moved().contains("done=partner-named"));
    manager.get("/desk/partners").await.says("far-lighthouse").never_says("Far Lighthouse");
    make(world, Who::Outsider, "manager").await;
    outsider.get("/desk/partners").await.says("Silent Heron");
    partner_act(outsider, "accept").await;
    make(world, Who::Outsider, "reviewer").await;
    manager.get("/desk/partners").await.says("Far Lighthouse");
    manager
}

async fn hand(member: &Member, id: &str) {
    let action = format!("/desk/cases/{id}/partner");
    let form = form_with(member, &format!("/desk/cases/{id}/review"), &action, "").await;
    assert!(member.send(&form, "").await.moved().contains("done=partner"));
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(16, 16).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A submitted case with a sealed note, one picture that is to be shown and one that is not.
async fn case_with_secrets(world: &World, people: &History) -> (String, Vec<String>) {
    let id = people.draft(crate::support::COMPLETE).await;
    people.researcher.seal(&id, &format!("{MARK}-sealed")).await.expect(303);
    let path = format!("/desk/cases/{id}/evidence");
    for name in ["shown", "hidden"] {
        let upload = people.researcher.ask(Method::POST, &path).sent_by_our_page();
        upload.files(&[(&format!("{MARK}-{name}.jpg"), &picture())]).send().await.expect(303);
    }
    let files: Vec<String> = world.evidence(false).await.into_iter().map(|(_, file)| file).collect();
    for (file, consent) in files.iter().zip(["public", "desk-only"]) {
        let names = ["shows", "consent", "consent_note"].map(|name| format!("{name}.{file}"));
        let note = format!("{MARK}-consent");
        let shows = if consent == "public" { "A made-up letter." } else { "canary-7f31-hidden-picture" };
        let values = [shows, consent, note.as_str()];
        let mut fields: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(values).collect();
        fields.push(("do", "describe"));
        people.researcher.post(&format!("{path}/{file}"), &fields).await.expect(303);
    }
    people.researcher.type_into(&id, &[], "submit").await.expect(303);
    (id, files)
}

#[tokio::test]
async fn a_partners_reviewer_sees_what_becomes_public_verifies_and_publishes() {
    each_engine("a_partners_reviewer_sees_what_becomes_public", async |world| {
        let (people, outsider) = (world.desk().await, world.sign_in(Who::Outsider).await);
        let (id, files) = case_with_secrets(world, &people).await;
        let other = people.submitted(&[("title", "Another made-up case of theirs")]).await;
        let case = format!("/desk/cases/{id}");
        become_partners(world, &outsider).await;
        outsider.get(&format!("{case}/review")).await.expect(404);
        hand(&people.researcher, &id).await;

        // The review, and what is to be shown of the evidence; nothing else of it, and nothing of other cases.
        let queue = outsider.get("/desk").await.says("Handed to you by partner organisations");
        queue.says("Made-up messenger blocked").never_says("Another made-up case").never_says(MARK);
        assert_eq!(outsider.get(&case).await.moved(), format!("{case}/review"));
        let review = outsider.get(&format!("{case}/review")).await.expect(200).never_says(MARK);
        review.never_says("Another made-up case").never_says("inger@").says("A made-up court of this test");
        let evidence = outsider.get(&format!("{case}/evidence")).await.expect(200).says("A made-up letter.");
        evidence.never_says(MARK).never_says("inger@").never_says("Show the original");
        outsider.get(&format!("{case}/evidence/{}/copy", files[0])).await.expect(200);
        outsider.get(&format!("{case}/evidence/{}/thumbnail", files[1])).await.expect(404);
        for (path, fields) in [
            (format!("{case}/export"), vec![]),
            (format!("{case}/evidence/{}", files[0]), vec![("do", "read")]),
            (format!("{case}/sealed"), vec![("do", "reveal")]),
            (case.clone(), FIVE_FIELDS.to_vec()),
            (format!("{case}/autosave"), FIVE_FIELDS.to_vec()),
            (format!("{case}/hide"), vec![("reason", "x")]),
            (format!("{case}/correct"), vec![("reason", "x")]),
            (format!("{case}/blur"), vec![("do", "role"), ("field", "actors.0.name")]),
        ] {
            let answer = outsider.post(&path, &fields).await.expect(403);
            assert!(!answer.text().contains(MARK), "{path}");
        }
        outsider.get(&format!("/desk/cases/{other}/review")).await.expect(404);

        // They send it back, and see it no more until it is handed in again.
        outsider.step(&id, "request-changes", "A made-up doubt.").await.expect(303);
        outsider.get(&format!("{case}/review")).await.expect(404);
        people.researcher.get(&case).await.expect(200).says("A made-up doubt.");
        people.researcher.type_into(&id, &[], "submit").await.expect(303);
        assert!(outsider.step(&id, "verify", "").await.moved().contains("done=verify"));
        assert!(outsider.step(&id, "publish", "").await.moved().contains("done=publish"));
        let reference = people.reference(&id).await;
        let page = world.stranger().get(&format!("/incidents/{reference}")).await.expect(200);
        page.never_says(MARK).never_says("Lighthouse");
        // It is done, and no correction is theirs unless it is handed over again.
        outsider.get(&format!("{case}/review")).await.expect(404);
        people.researcher.step(&id, "correct", "A detail.").await.expect(303);
        people.researcher.type_into(&id, &[("outcome", "Lifted.")], "submit").await.expect(303);
        outsider.get(&format!("{case}/review")).await.expect(404);
        let log = world.dump("desk_audit").await.join("\n");
        for act in ["partner named", "partnership accepted", "case handed to partner"] {
            assert!(log.contains(act), "{act}");
        }
        assert!(world.store.verify_audit().await.unwrap().is_ok());
        assert_eq!(leaks(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn either_side_takes_it_back_at_once() {
    each_engine("either_side_takes_it_back_at_once", async |world| {
        let (people, outsider) = (world.desk().await, world.sign_in(Who::Outsider).await);
        let id = people.submitted(&[]).await;
        let review = format!("/desk/cases/{id}/review");
        let manager = become_partners(world, &outsider).await;
        hand(&people.first, &id).await;
        outsider.get(&review).await.expect(200);
        // The researcher whose case it is, and the partner itself.
        hand(&people.researcher, &id).await;
        outsider.get(&review).await.expect(404);
        outsider.get("/desk").await.never_says("Handed to you");
        hand(&people.researcher, &id).await;
        let give_back = form_with(&outsider, &review, &format!("/desk/cases/{id}/partner"), "").await;
        assert_eq!(outsider.send(&give_back, "").await.moved(), "/desk?done=partner");
        outsider.send(&give_back, "").await.expect(404);
        // Either manager ends it for all cases.
        hand(&people.researcher, &id).await;
        make(world, Who::Outsider, "manager").await;
        partner_act(&outsider, "end").await;
        make(world, Who::Outsider, "reviewer").await;
        outsider.get(&review).await.expect(404);
        become_partners(world, &outsider).await;
        outsider.get(&review).await.expect(404);
        hand(&people.researcher, &id).await;
        outsider.get(&review).await.expect(200);
        partner_act(&manager, "end").await;
        outsider.get(&review).await.expect(404);
        people.researcher.get(&review).await.expect(200).never_says("Hand to a partner");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_handed_anything_that_both_managers_did_not_agree_to() {
    each_engine("nobody_is_handed_anything_that_both_managers_did_not_agree_to", async |world| {
        let (people, outsider) = (world.desk().await, world.sign_in(Who::Outsider).await);
        let id = people.submitted(&[]).await;
        let manager = world.sign_in(Who::Manager).await;
        let name = |slug: &'static str| [("do", "name"), ("partner", slug)];
        // That there is such an organisation is not told.
        for slug in ["far-lighthouse", "no-such-organisation"] {
            manager.post("/desk/partners", &name(slug)).await.expect(303);
        }
        let page = manager.get("/desk/partners").await.expect(200).never_says("Far Lighthouse");
        assert_eq!(page.words().matches("waits to be accepted").count(), 2);
        for wrong in ["", "two words", "<script>", "../x"] {
            manager.post("/desk/partners", &name(wrong)).await.expect(422).says("not a short name");
        }
        let far = "SELECT id FROM desk_organisation WHERE slug = 'far-lighthouse'";
        let row = sqlx::query(far).fetch_one(&world.raw).await.unwrap();
        let far: String = sqlx::Row::try_get(&row, 0).unwrap();
        let to_far = [("partner", far.as_str())];
        people.researcher.post(&format!("/desk/cases/{id}/partner"), &to_far).await.expect(404);
        // Only the manager who was asked accepts.
        let partnership = manager.get("/desk/partners").await.page().forms;
        let partnership = partnership.iter().find_map(|form| form.value("partnership")).unwrap().to_owned();
        let accept = [("do", "accept"), ("partnership", partnership.as_str())];
        manager.post("/desk/partners", &accept).await.expect(404);
        for member in [&outsider, &people.first, &people.researcher] {
            member.post("/desk/partners", &accept).await.expect(403);
            member.get("/desk/partners").await.expect(403);
        }
        people.researcher.post(&format!("/desk/cases/{id}/partner"), &to_far).await.expect(404);
        outsider.get(&format!("/desk/cases/{id}/review")).await.expect(404);
        // What is not theirs to hand over is not handed over, partner or not.
        become_partners(world, &outsider).await;
        let colleague = world.sign_in(Who::OtherResearcher).await;
        for member in [&colleague, &world.sign_in(Who::Analyst).await, &manager] {
            member.post(&format!("/desk/cases/{id}/partner"), &to_far).await.expect(403);
        }
        outsider.post(&format!("/desk/cases/{id}/partner"), &to_far).await.expect(404);
        hand(&people.researcher, &id).await;
        outsider.post(&format!("/desk/cases/{id}/partner"), &to_far).await.expect(409);
    })
    .await;
}
