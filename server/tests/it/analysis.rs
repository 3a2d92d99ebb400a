//! The analysis of a case: another person's form, held against the record, published with who says so.

use axum::http::Method;

use crate::support::{Answer, Form, Member, Who, each_engine};

fn path(id: &str) -> String {
    format!("/desk/cases/{id}/analysis")
}

async fn form(member: &Member, id: &str) -> Form {
    member.get(&path(id)).await.expect(200).page().form(&path(id))
}

async fn type_into(member: &Member, id: &str, typed: &[(&str, &str)], button: &str) -> Answer {
    let mut form = form(member, id).await;
    form.set(typed);
    member.send(&form, button).await
}

async fn autosave(member: &Member, id: &str, typed: &[(&str, &str)]) -> Answer {
    let revision = form(member, id).await.value("revision").unwrap().to_owned();
    let fields = [typed, &[("revision", revision.as_str())]].concat();
    member.post(&format!("{}/autosave", path(id)), &fields).await
}

const LINK: &[(&str, &str)] = &[
    ("links.0.treaty", "International Covenant on Civil and Political Rights"),
    ("links.0.provision", "article 19, paragraph 3"),
    ("links.0.way", "obligation-at-stake"),
    ("links.0.strength", "inference"),
    ("links.0.said_by", "The Made-up Institute"),
    ("links.0.reason", "A messenger of millions was cut off for one made-up case."),
];

const REST: &[(&str, &str)] = &[
    ("findings.0.body", "Made-up Court of Appeal"),
    ("findings.0.kind", "national-court"),
    ("findings.0.date", "2016-05"),
    ("findings.0.result", "Held the block too broad."),
    ("assessments.0.right", "ICCPR 19(3)"),
    ("assessments.0.by", "The Made-up Institute"),
    ("assessments.0.date", "2016-06-01"),
    ("factors.0.kind", "vague-law"),
    ("factors.0.basis", "alleged"),
    ("factors.0.alleged_by", "The Made-up Bar"),
    ("factors.0.reason", "The made-up law names no limits."),
];

const PARTS: &[(&str, &str)] = &[
    ("assessments.0.parts.0.outcome", "met"),
    ("assessments.0.parts.1.outcome", "met"),
    ("assessments.0.parts.2.outcome", "unclear"),
    ("assessments.0.parts.3.outcome", "not-met"),
    ("assessments.0.parts.3.reason", "Everybody was cut off for three."),
];

#[tokio::test]
async fn an_analyst_says_what_a_published_case_means_and_others_verify_and_publish_it() {
    each_engine(
        "an_analyst_says_what_a_published_case_means_and_others_verify_and_publish_it",
        async |world| {
            let people = world.desk().await;
            let analyst = world.sign_in(Who::Analyst).await;
            let published = people.published(&[]).await;
            let (id, public) = (&published.id, format!("/incidents/{}", published.reference));
            world.stranger().get(&public).await.says("Not yet analysed.").says("Not yet assessed.");
            analyst.get(&path(id)).await.expect(200).says("Not yet analysed.").says("open a correction");
            analyst.step(id, "correct", "What it means is said now.").await.expect(303);

            type_into(&analyst, id, &[LINK, REST].concat(), "save").await.expect(303);
            let page = analyst.get(&path(id)).await.expect(200);
            let form = page.page().form(&path(id));
            assert_eq!(form.value("links.0.treaty"), Some("ICCPR"));
            assert_eq!(form.value("links.0.provision"), Some("19(3)"));
            page.says("acceded 24 January 1992").says("Necessary: met or not").says("Comes to: Open");
            type_into(&analyst, id, PARTS, "save").await.expect(303);
            analyst.get(&path(id)).await.says("Comes to: Not met");

            type_into(&analyst, id, &[], "submit").await.expect(303);
            analyst.post(&format!("/desk/cases/{id}/verify"), &[("seen", "x")]).await.expect(403);
            let review = people.first.get(&format!("/desk/cases/{id}/review")).await.expect(200);
            review
                .says("Treaty link 1: treaty")
                .says("ICCPR")
                .says("Assessment 1, part 4: met or not")
                .says("Vague law")
                .says("Published so far: nothing");
            people.first.step(id, "verify", "").await.expect(303);
            people.second.step(id, "publish", "").await.expect(303);
            world
                .stranger()
                .get(&public)
                .await
                .says("an analyst’s inference; said by The Made-up Institute")
                .says("Made-up Court of Appeal")
                .says("ICCPR 19(3): Not met")
                .says("alleged by The Made-up Bar")
                .never_says("Not yet assessed.");

            // Where more than the analysis changed, it is handed in by who may change that.
            people.researcher.step(id, "correct", "The title was wrong.").await.expect(303);
            type_into(&analyst, id, &[("factors.0.reason", "Another reason.")], "save").await.expect(303);
            people.researcher.type_into(id, &[("title", "Another made-up title")], "save").await.expect(303);
            analyst.post(&path(id), &[("do", "submit"), ("revision", "999")]).await.expect(403);
            people.researcher.type_into(id, &[], "submit").await.expect(303);
        },
    )
    .await;
}

#[tokio::test]
async fn what_the_record_contradicts_is_saved_and_refused_when_it_is_handed_in() {
    each_engine("what_the_record_contradicts_is_saved_and_refused_when_it_is_handed_in", async |world| {
        let people = world.desk().await;
        let analyst = world.sign_in(Who::Analyst).await;
        let id = people.draft(crate::support::COMPLETE).await;
        // In force for Brazil that day was the covenant, and not the convention of Budapest.
        let wrong = [
            ("links.0.way", "same-power"),
            ("links.1.treaty", "CETS 185"),
            ("links.1.provision", "Article 15"),
            ("links.1.way", "relied-on"),
            ("links.1.strength", "inference"),
            ("links.1.said_by", "The Made-up Ministry"),
            ("links.2.treaty", "Budapst Convention"),
            ("links.3.treaty", "ICCPR"),
            ("links.3.provision", "99"),
        ];
        type_into(&analyst, &id, &[LINK, &wrong].concat(), "save").await.expect(303);
        let page = analyst.get(&path(&id)).await.expect(200);
        page.says("was in force for Brazil the whole time")
            .says("On no day of this was the treaty in force for Brazil")
            .says("Did you mean Budapest Convention")
            .says("has no provision “99” on record");

        // The case's own form names it, with a link to where it can be put right; what was typed stands there still.
        let refused = people.researcher.type_into(&id, &[], "submit").await.expect(422);
        let links = refused.page().links();
        for field in ["links-0-way", "links-1-way", "links-2-treaty", "links-3-provision"] {
            assert!(links.contains(&format!("{}#f-{field}", path(&id))), "{field}: {links:?}");
        }
        let chosen = type_into(&analyst, &id, &[], "choose links.2.treaty Budapest Convention").await.moved();
        assert_eq!(chosen, format!("{}?done=saved#f-links-2-treaty", path(&id)));

        let right = [("links.0.way", "obligation-at-stake"), ("links.1.way", "same-power")];
        type_into(&analyst, &id, &right, "save").await.expect(303);
        type_into(&analyst, &id, &[], "take-out links.2").await.expect(303);
        type_into(&analyst, &id, &[], "take-out links.3").await.expect(303);
        assert!(form(&analyst, &id).await.value("links.2.treaty").is_none(), "an empty entry is none");
        people.researcher.type_into(&id, &[], "submit").await.expect(303);
        people.first.step(&id, "verify", "").await.expect(303);

        // What is contradicted later is not verified either, though the page does not offer it.
        let relied = [("links.1.way", "relied-on"), ("links.1.strength", "official-text")];
        type_into(&analyst, &id, &relied, "save").await.expect(303);
        let refused = people.first.verify_unoffered(&id).await.expect(422);
        refused.says("where that can be read").says("On no day of this was the treaty in force");
    })
    .await;
}

#[tokio::test]
async fn neither_form_takes_a_field_of_the_other_whoever_forges_it() {
    each_engine("neither_form_takes_a_field_of_the_other_whoever_forges_it", async |world| {
        let people = world.desk().await;
        let analyst = world.sign_in(Who::Analyst).await;
        let id = people.draft(&[("title", "A made-up title")]).await;
        let case = format!("/desk/cases/{id}");
        let forged = [
            ("title", "Forged"),
            ("sources.0.url", "https://forged.example/"),
            ("contexts", "election"),
            ("provenance", "starter"),
            ("links.0.said_by", "The analyst"),
            ("revision", "2"),
        ];
        analyst.post(&path(&id), &forged).await.expect(303);
        autosave(&analyst, &id, &[("title", "Forged"), ("places.0", "ITA")]).await.expect(200);
        analyst.post(&case, &forged).await.expect(403);
        analyst.post(&format!("{case}/autosave"), &forged).await.expect(403);
        let forged = [("links.0.said_by", "The researcher"), ("assessments.0.parts.0.reason", "Forged")];
        people.researcher.type_into(&id, &forged, "save").await.expect(303);
        let row = world.dump("desk_case").await;
        let row = row.iter().find(|row| row.contains(&id)).unwrap();
        assert!(!row.contains("Forged") && !row.contains("forged.example") && !row.contains("ITA"), "{row}");
        assert!(row.contains("The analyst") && !row.contains("The researcher"), "{row}");

        // Another researcher of the organisation reads it; another organisation finds nothing.
        let other = world.sign_in(Who::OtherResearcher).await;
        let page = other.get(&path(&id)).await.expect(200).says("not change it");
        assert!(page.page().forms.iter().all(|form| form.action != path(&id)));
        other.post(&path(&id), &[("links.0.said_by", "Another"), ("revision", "3")]).await.expect(403);
        let outsider = world.sign_in(Who::Outsider).await;
        outsider.get(&path(&id)).await.expect(404);
        outsider.post(&path(&id), &[("links.0.said_by", "x")]).await.expect(404);
        world.stranger().get(&path(&id)).await.expect(303);
    })
    .await;
}

#[tokio::test]
async fn two_forms_and_two_editors_are_merged_and_one_field_of_both_is_a_conflict() {
    each_engine("two_forms_and_two_editors_are_merged_and_one_field_of_both_is_a_conflict", async |world| {
        let people = world.desk().await;
        let analyst = world.sign_in(Who::Analyst).await;
        let id = people.draft(&[]).await;
        let mut of_analyst = form(&analyst, &id).await;
        let mut of_reviewer = form(&people.first, &id).await;
        people.researcher.type_into(&id, &[("title", "Typed meanwhile")], "save").await.expect(303);
        of_analyst.set(&[("links.0.reason", "The analyst’s"), ("links.0.treaty", "Budapest")]);
        analyst.send(&of_analyst, "save").await.expect(303);
        of_reviewer.set(&[("factors.0.reason", "The reviewer’s")]);
        people.first.send(&of_reviewer, "save").await.expect(303);
        of_reviewer.set(&[("links.0.reason", "The reviewer’s too")]);
        let page = people.first.send(&of_reviewer, "save").await.expect(409);
        page.says("The analyst’s").says("The reviewer’s too");
        // What a conflict is about is named as a reader knows it.
        let mut stale = people.first.case_form(&id).await;
        people.researcher.type_into(&id, &[("places.0", "Italy")], "save").await.expect(303);
        stale.set(&[("places.0", "France")]);
        let page = people.first.send(&stale, "save").await.expect(409);
        page.says("Your text: France").says("The other text: Italy");
        people.first.get(&format!("/desk/cases/{id}/review")).await.says("Country Italy").never_says("ITA");
        let body = [("links.0.treaty", "ICCPR"), ("revision", "1")];
        let json = people.first.post(&format!("{}/autosave", path(&id)), &body).await.expect(409).json();
        assert_eq!(json["conflicts"][0]["theirs"], "budapest", "{json}");
        let now = form(&analyst, &id).await;
        assert_eq!(now.value("factors.0.reason"), Some("The reviewer’s"));
        assert_eq!(now.value("links.0.reason"), Some("The analyst’s"));
    })
    .await;
}

#[tokio::test]
async fn typing_brings_the_standing_the_parts_and_what_they_come_to() {
    each_engine("typing_brings_the_standing_the_parts_and_what_they_come_to", async |world| {
        let people = world.desk().await;
        let analyst = world.sign_in(Who::Analyst).await;
        let id = people.draft(crate::support::COMPLETE).await;
        let part =
            |json: &serde_json::Value, id: &str| json["parts"][id].as_str().unwrap_or_default().to_owned();
        let json = autosave(&analyst, &id, &[("links.0.treaty", "the ICCPR-op1")]).await.expect(200).json();
        assert!(!part(&json, "link-0").contains("<option"), "{json}");
        let json = autosave(&analyst, &id, &[("links.0.treaty", "iccpr")]).await.expect(200).json();
        let link = part(&json, "link-0");
        assert!(
            link.contains("acceded 24 January 1992") && link.contains("<option value=\"19(3)\""),
            "{link}"
        );
        let json = autosave(&analyst, &id, &[("links.0.way", "same-power")]).await.expect(200).json();
        assert!(part(&json, "link-0").contains("was in force for Brazil"), "{json}");
        let json = autosave(&analyst, &id, &[("assessments.0.right", "ICCPR 17")]).await.expect(200).json();
        let parts = part(&json, "assessment-0");
        assert!(
            parts.contains("name=\"assessments.0.parts.1.outcome\"") && parts.contains("Not arbitrary"),
            "{parts}"
        );
        let met = [("assessments.0.parts.0.outcome", "met"), ("assessments.0.parts.1.outcome", "met")];
        let json = autosave(&analyst, &id, &met).await.expect(200).json();
        assert!(part(&json, "assessment-0").contains("Comes to: Met"), "{json}");
        // Another test keeps what was said of the part that both have; nothing else is lost.
        let json =
            autosave(&analyst, &id, &[("assessments.0.right", "ICCPR 19(3)")]).await.expect(200).json();
        let parts = part(&json, "assessment-0");
        assert!(parts.contains("Proportionate") && parts.contains("Lawful"), "{parts}");
        let refused = autosave(&analyst, &id, &[("links.0.way", "x"), ("links.77.way", "x")]).await;
        refused.expect(422);
    })
    .await;
}

#[tokio::test]
async fn every_field_says_that_it_becomes_public_and_entries_come_and_go_without_a_script() {
    each_engine(
        "every_field_says_that_it_becomes_public_and_entries_come_and_go_without_a_script",
        async |world| {
            let people = world.desk().await;
            let analyst = world.sign_in(Who::Analyst).await;
            let id = people.draft(crate::support::COMPLETE).await;
            for list in ["findings", "links", "assessments", "factors"] {
                let moved = type_into(&analyst, &id, &[], &format!("add {list}")).await.moved();
                assert_eq!(moved, format!("{}?done=saved&more={list}#more", path(&id)));
                let page = analyst.get(moved.trim_end_matches("#more")).await.expect(200);
                let html = page.text();
                let fields = html.matches("class=\"field\"").count();
                assert!(fields >= 3, "{list}: {fields}");
                assert_eq!(html.matches("class=\"sight\"").count(), fields, "{list}");
                assert_eq!(page.words().matches("● Public").count(), fields, "{list}");
            }
            let none_fits = [("assessments.0.right", "none-fits"), ("assessments.0.other_right", "ICCPR 15")];
            type_into(&analyst, &id, &none_fits, "save").await.expect(303);
            let moved = type_into(&analyst, &id, &[], "add assessments.0.parts").await.moved();
            let part = analyst.get(moved.trim_end_matches("#more")).await.expect(200).page().form(&path(&id));
            assert!(part.value("assessments.0.parts.0.name").is_some());
            let said = [
                ("assessments.0.parts.0.name", "Law in force when it was done"),
                ("assessments.0.parts.0.outcome", "not-met"),
            ];
            type_into(&analyst, &id, &said, "save").await.expect(303);
            analyst.get(&path(&id)).await.says("Comes to: Not met");
            type_into(&analyst, &id, &[], "take-out assessments.0").await.expect(303);
            assert!(form(&analyst, &id).await.value("assessments.0.right").is_none());
            // Odd lists are passed over.
            analyst.post(&path(&id), &[("do", "add sources"), ("revision", "99")]).await.expect(303);
            analyst.get(&format!("{}?more=sources", path(&id))).await.expect(200);
            analyst.get(&format!("{}?more=assessments.9999.parts", path(&id))).await.expect(200);
            // Sent compressed, as the case's form is.
            let ask = analyst.ask(Method::GET, &path(&id)).header("accept-encoding", "gzip").send().await;
            assert_eq!(ask.expect(200).header("content-encoding"), "gzip");
        },
    )
    .await;
}

#[tokio::test]
async fn an_analysis_that_says_what_was_blurred_is_held() {
    each_engine("an_analysis_that_says_what_was_blurred_is_held", async |world| {
        let people = world.desk().await;
        let analyst = world.sign_in(Who::Analyst).await;
        let place = [("place_name", "Vila Inventada, Northern Province")];
        let id = people.draft(&[crate::support::COMPLETE, &place].concat()).await;
        let blur = [("do", "wider"), ("field", "place_name"), ("shown", "Northern Province")];
        people.researcher.post(&format!("/desk/cases/{id}/blur"), &blur).await.expect(303);
        let json =
            autosave(&analyst, &id, &[("links.0.reason", "In Vila Inventada.")]).await.expect(200).json();
        assert!(json["parts"]["still-says"].as_str().unwrap().contains("#f-links-0-reason"), "{json}");
        let refused = people.researcher.type_into(&id, &[], "submit").await.expect(422);
        assert!(refused.page().links().contains(&format!("{}#f-links-0-reason", path(&id))));
        type_into(&analyst, &id, &[], "take-out links.0").await.expect(303);
        people.researcher.type_into(&id, &[], "submit").await.expect(303);
    })
    .await;
}
