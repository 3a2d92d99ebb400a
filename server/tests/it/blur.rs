//! A blur holds: what a place, a day or a person was is in no output of the incident.

use crate::support::{Member, each_engine, public_places};

/// Presses one of the page's buttons, as its form offers it.
async fn press(
    member: &Member,
    id: &str,
    field: &str,
    what: &str,
    typed: &[(&str, &str)],
) -> crate::support::Answer {
    let path = format!("/desk/cases/{id}/blur");
    let page = member.get(&path).await.expect(200).page();
    let offers = |form: &&crate::support::Form| {
        form.value("field") == Some(field) && form.buttons.iter().any(|(_, does)| does == what)
    };
    let mut form = page.forms.iter().find(offers).unwrap_or_else(|| panic!("no {what} of {field}")).clone();
    for (name, value) in typed {
        let full = form.fields.iter().map(|(n, _)| n.clone()).find(|n| n.starts_with(name)).unwrap();
        form.fill(&[(full.as_str(), value)]);
    }
    member.send(&form, what).await
}

const TOLD: &[(&str, &str)] = &[
    ("place_name", "Vila Inventada, Northern Province"),
    ("start", "2016-05-02"),
    ("kind", "prosecution"),
    ("persons.0.role", "journalist"),
    ("persons.0.name", "Ana Inventada-Souza"),
    ("naming", "agreed"),
    ("naming_reason", "By letter."),
    ("sources.0.title", "Journalist charged on May 2nd"),
    ("sources.1.url", "https://news.example/2016/05/02/vila-inventada"),
    ("sources.1.title", "Second source"),
];

#[tokio::test]
async fn what_was_blurred_is_in_no_output_of_that_incident() {
    each_engine("what_was_blurred_is_in_no_output_of_that_incident", async |world| {
        let people = world.desk().await;
        let typed: Vec<_> = crate::support::COMPLETE.iter().chain(TOLD).copied().collect();
        let id = people.draft(&typed).await;
        let same =
            press(&people.researcher, &id, "place_name", "wider", &[("shown", "Vila Inventada")]).await;
        same.expect(422).says("as exact as what it is to hide");
        let wider = [("shown", "Northern Province")];
        press(&people.researcher, &id, "place_name", "wider", &wider).await.expect(303);
        press(&people.researcher, &id, "start", "month", &[]).await.expect(303);
        press(&people.researcher, &id, "persons.0.name", "role", &[]).await.expect(303);

        // The form lists every text that still says one of them, and nothing goes on before each is answered.
        let path = format!("/desk/cases/{id}");
        let page = people.researcher.get(&path).await.expect(200).says("Still says what was made less exact");
        let links = page.page().links();
        for field in ["f-sources-0-title", "f-sources-1-url"] {
            assert!(links.contains(&format!("#{field}")), "{field}: {links:?}");
        }
        page.says("◐ Public, made less exact");
        people.researcher.type_into(&id, &[], "submit").await.expect(422).says("still says what was blurred");
        let told_again =
            press(&people.researcher, &id, "sources.0.title", "may-stay", &[("reason.", "On 2 May.")]);
        let told_again = told_again.await.expect(422);
        assert!(told_again.text().contains("On 2 May.</textarea>"), "what was typed comes back");
        let clean = [
            ("sources.0.title", "Journalist charged"),
            ("sources.1.url", "https://news.example/a"),
            ("narrative", "A made-up journalist was charged. Vila Inventada’s court heard it on 2.5.2016."),
        ];
        let page = people.researcher.type_into(&id, &clean, "submit").await.expect(422);
        assert!(page.page().links().contains(&"#f-narrative".to_owned()), "what is typed later is found too");
        let clean = [("narrative", "A made-up journalist was charged. A court heard it in May.")];
        people.researcher.type_into(&id, &clean, "submit").await.expect(303);
        people.first.step(&id, "verify", "").await.expect(303);
        people.second.step(&id, "publish", "").await.expect(303);

        let reference = people.reference(&id).await;
        let places = public_places(world, &[&reference], &[]).await;
        let edition = world.store.head().await.unwrap().edition;
        for path in places.at_editions([edition]) {
            let text = world.stranger().get(&path).await.text().to_lowercase();
            for hidden in ["vila inventada", "vila-inventada", "ana inventada", "souza"] {
                assert!(!text.contains(hidden), "{hidden} in {path}");
            }
        }
        let page = world.stranger().get(&format!("/incidents/{reference}")).await.expect(200);
        page.says("Northern Province").says("Journalist").says("May 2016").never_says("2 May 2016");
        let json = world.stranger().get(&format!("/incidents/{reference}/record.json")).await.text();
        assert!(!json.contains("2016-05-02"), "{json}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_lets_a_text_stay_and_typing_tells_at_once() {
    each_engine("an_answer_lets_a_text_stay_and_typing_tells_at_once", async |world| {
        let people = world.desk().await;
        let typed: Vec<_> = crate::support::COMPLETE.iter().chain(TOLD).copied().collect();
        let id = people.draft(&typed).await;
        press(&people.researcher, &id, "place_name", "wider", &[]).await.expect(303);
        let reason = [("reason.", "The address of a page that everybody knows.")];
        press(&people.researcher, &id, "sources.1.url", "may-stay", &reason).await.expect(303);
        people.researcher.get(&format!("/desk/cases/{id}")).await.never_says("Still says what was made");
        // Autosave tells of a text that says it, in whichever field.
        let revision = people.researcher.case_form(&id).await.value("revision").unwrap().to_owned();
        let fields = [("outcome", "Lifted in Vila Inventada."), ("revision", revision.as_str())];
        let json =
            people.researcher.post(&format!("/desk/cases/{id}/autosave"), &fields).await.expect(200).json();
        assert!(json["parts"]["beside"].as_str().unwrap().contains("#f-outcome"), "{json}");
        let review = people.first.get(&format!("/desk/cases/{id}/review")).await.expect(200);
        review.says("still says what was blurred");
        people.researcher.type_into(&id, &[("outcome", "Lifted.")], "submit").await.expect(303);
        people.first.step(&id, "verify", "").await.expect(303);
        // Who may not change the case may not blur it.
        let outsider = world.sign_in(crate::support::Who::Outsider).await;
        outsider.get(&format!("/desk/cases/{id}/blur")).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_readers_are_told_of_a_file_is_compared_too() {
    each_engine("what_readers_are_told_of_a_file_is_compared_too", async |world| {
        let people = world.desk().await;
        let place = [("place_name", "Vila Inventada, Northern Province")];
        let id = people.draft(&[crate::support::COMPLETE, &place].concat()).await;
        let path = format!("/desk/cases/{id}/evidence");
        let upload = people.researcher.ask(axum::http::Method::POST, &path).sent_by_our_page();
        upload.files(&[("vila inventada.txt", b"made up")]).send().await.expect(303);
        press(&people.researcher, &id, "place_name", "wider", &[("shown", "Northern Province")])
            .await
            .expect(303);
        // The file's name stays at the desk: it holds nothing up.
        people.researcher.type_into(&id, &[], "submit").await.expect(303);
        people.first.step(&id, "verify", "").await.expect(303);

        let file = world.evidence(false).await.into_iter().find(|(of, _)| *of == id).unwrap().1;
        let describe = |shows: &'static str| {
            let named = |name: &str| format!("{name}.{file}");
            let fields = [
                ("do".to_owned(), "describe"),
                (named("shows"), shows),
                (named("consent"), "already-public"),
                (named("consent_note"), ""),
            ];
            let (researcher, path) = (&people.researcher, format!("{path}/{file}"));
            async move {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
                researcher.post(&path, &fields).await.expect(303);
            }
        };
        describe("The court of Vila Inventada.").await;
        let refused = people.first.verify_unoffered(&id).await.expect(422);
        assert!(refused.page().links().contains(&path), "{:?}", refused.page().links());
        describe("The court.").await;
        people.first.step(&id, "verify", "").await.expect(303);
    })
    .await;
}
