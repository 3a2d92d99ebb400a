//! Entering a case: the form fits its kind, and nothing typed into it is lost.

use domain::incident::{Kind, fields_for};

use crate::support::{Answer, Form, Member, counted, each_engine};

/// The control of a field stands on the page, not only a hidden value.
fn shows(form: &Form, field: &str) -> bool {
    form.fields.iter().any(|(name, _)| name.split('.').next() == Some(field))
}

async fn autosave(member: &Member, id: &str, fields: &[(&str, &str)]) -> Answer {
    let revision = member.case_form(id).await.value("revision").unwrap().to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("revision", revision.as_str())]).collect();
    member.post(&format!("/desk/cases/{id}/autosave"), &fields).await
}

#[tokio::test]
async fn the_form_asks_for_what_belongs_to_the_kind_and_for_nothing_else() {
    each_engine("the_form_asks_for_what_belongs_to_the_kind_and_for_nothing_else", async |world| {
        let people = world.desk().await;
        let id = people.researcher.new_case().await;
        let page = people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200);
        page.says("Say above what kind of act it was");
        assert!(!shows(&people.researcher.case_form(&id).await, "services"));
        for kind in Kind::ALL {
            let typed = [("kind", kind.slug())];
            let location = people.researcher.type_into(&id, &typed, "show-particulars").await.moved();
            assert_eq!(location, format!("/desk/cases/{id}?done=saved#particulars"));
            let form = people.researcher.case_form(&id).await;
            for field in domain::incident::SOMETIMES {
                assert_eq!(shows(&form, field), fields_for(*kind).contains(field), "{kind:?} {field}");
            }
            assert!(shows(&form, "title") && shows(&form, "outcome") && shows(&form, "naming"), "{kind:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_the_kind_is_kept_shown_and_published() {
    each_engine("what_does_not_fit_the_kind_is_kept_shown_and_published", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[("services", "A made-up messenger")]).await;
        let path = format!("/desk/cases/{id}");
        let shown = people.researcher.get(&path).await.expect(200);
        assert!(!shown.words().contains("Also filled in"));
        people.researcher.type_into(&id, &[("kind", "prosecution")], "show-particulars").await.expect(303);
        let stages = [
            ("stages.0.stage", "charge"),
            ("stages.0.date", "2016-05"),
            ("stages.0.note", "Charged by the made-up prosecutor."),
            ("persons.0.role", "journalist"),
            ("persons.0.number", "2"),
        ];
        assert!(people.researcher.type_into(&id, &stages, "add-stage").await.moved().contains("more=stages"));
        let more = people.researcher.get(&format!("{path}?more=stages")).await.expect(200);
        assert!(more.page().form(&path).value("stages.1.stage").is_some());
        let form = people.researcher.get(&path).await.expect(200).says("Also filled in").page().form(&path);
        assert_eq!(form.value("services"), Some("A made-up messenger"));

        // A name that no rule covers is asked about where it stands.
        people.researcher.type_into(&id, &[("persons.0.name", "A Made-up Name")], "save").await.expect(303);
        let review = people.first.get(&format!("{path}/review")).await.expect(200);
        review.says("the naming check says that nobody is");
        people.researcher.type_into(&id, &[("persons.0.name", "")], "submit").await.expect(303);
        people.first.step(&id, "verify", "").await.expect(303);
        people.second.step(&id, "publish", "").await.expect(303);
        let reference = people.reference(&id).await;
        let page = world.stranger().get(&format!("/incidents/{reference}")).await.expect(200);
        page.says("Charge, May 2016: Charged by the made-up prosecutor.")
            .says("Journalist (2)")
            .says("A made-up messenger")
            .never_says("Networks");
        let record = world.stranger().get(&format!("/incidents/{reference}/record.json")).await.expect(200);
        assert_eq!(record.json()["schema"], "incident/2");
    })
    .await;
}

#[tokio::test]
async fn autosave_sends_the_fields_of_another_kind() {
    each_engine("autosave_sends_the_fields_of_another_kind", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[("services", "A made-up messenger")]).await;
        let json =
            autosave(&people.researcher, &id, &[("kind", "cooperation-request")]).await.expect(200).json();
        let part = json["parts"]["particulars"].as_str().unwrap();
        assert!(part.contains("name=\"requesting_state\"") && part.contains("name=\"channel\""), "{part}");
        assert!(part.contains("Also filled in") && part.contains("A made-up messenger"), "{part}");
        let json = autosave(&people.researcher, &id, &[("outcome", "None.")]).await.expect(200).json();
        assert_eq!(json["parts"].get("particulars"), None, "nothing else changes them");
    })
    .await;
}

#[tokio::test]
async fn a_country_is_taken_in_any_spelling_and_kept_as_its_code() {
    each_engine("a_country_is_taken_in_any_spelling_and_kept_as_its_code", async |world| {
        let people = world.desk().await;
        let id = people.researcher.new_case().await;
        let path = format!("/desk/cases/{id}");
        for (typed, name, code) in [
            ("ivory coast", "Côte d’Ivoire", "CIV"),
            ("COTE D'IVOIRE", "Côte d’Ivoire", "CIV"),
            ("tr", "Türkiye", "TUR"),
            ("Turkey", "Türkiye", "TUR"),
            ("deu", "Germany", "DEU"),
            ("DR Congo", "Democratic Republic of the Congo", "COD"),
        ] {
            let all = [("places.0", typed), ("actors.0.state", typed)];
            people.researcher.type_into(&id, &all, "save").await.expect(303);
            let form = people.researcher.case_form(&id).await;
            for field in ["places.0", "actors.0.state"] {
                assert_eq!(form.value(field), Some(name), "{typed}");
            }
            let rows = world.dump("desk_case").await;
            let of_case = rows.iter().find(|row| row.contains("desk_case:") && row.contains(&id)).unwrap();
            // PostgreSQL writes quotation marks twice.
            let draft = of_case.replace("\"\"", "\"");
            assert!(draft.contains(&format!("\"places\":[\"{code}\"]")), "{typed}: {draft}");
        }
        let page = people.researcher.get(&path).await.expect(200).page();
        let offered =
            page.tags.iter().filter(|tag| tag.name == "option" && tag.get("value") == Some("Brazil"));
        assert_eq!(offered.count(), 1, "one list serves every field");
        assert!(page.tags.iter().any(|tag| tag.get("list") == Some("countries")));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_country_stays_as_typed_and_the_nearest_are_buttons() {
    each_engine("an_unknown_country_stays_as_typed_and_the_nearest_are_buttons", async |world| {
        let people = world.desk().await;
        let id = people.researcher.new_case().await;
        let typed = [("places.0", "Korea"), ("title", "A made-up title")];
        let refused = people.researcher.type_into(&id, &typed, "save").await.expect(422);
        let form =
            refused.says("No country or area is known as “Korea”").page().form(&format!("/desk/cases/{id}"));
        assert_eq!((form.value("places.0"), form.value("title")), (Some("Korea"), Some("A made-up title")));
        let meant: Vec<&str> =
            form.buttons.iter().filter_map(|(_, what)| what.strip_prefix("choose places.0 ")).collect();
        assert!(
            meant.contains(&"Republic of Korea") && meant.contains(&"Democratic People's Republic of Korea")
        );

        // The button takes what it says, and everything else that was typed since.
        let mut form = people.researcher.case_form(&id).await;
        form.set(&[("title", "Another made-up title")]);
        let location = people.researcher.send(&form, "choose places.0 Republic of Korea").await.moved();
        assert_eq!(location, format!("/desk/cases/{id}?done=saved#f-places-0"));
        let form = people.researcher.case_form(&id).await;
        assert_eq!(form.value("places.0"), Some("Republic of Korea"));
        assert_eq!(form.value("title"), Some("Another made-up title"));

        // Half typed it is kept by autosave, and said when the page is opened again.
        autosave(&people.researcher, &id, &[("places.0", "Braz")]).await.expect(200);
        let page = people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200);
        assert_eq!(page.page().form(&format!("/desk/cases/{id}")).value("places.0"), Some("Braz"));
        page.says("Did you mean Brazil");
        autosave(&people.researcher, &id, &[("places.0", "Brazil")]).await.expect(200);
        people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200).never_says("Did you mean");
    })
    .await;
}

#[tokio::test]
async fn what_may_be_on_record_already_is_shown_and_settled_by_the_forms_buttons() {
    each_engine("what_may_be_on_record_already_is_shown_and_settled_by_the_forms_buttons", async |world| {
        let people = world.desk().await;
        let service = [("services", "A made-up messenger")];
        let published = people.published(&service).await;
        let draft = people.draft(&[("services", "a MADE-UP messenger"), ("title", "An older draft")]).await;
        let id = people.draft(&[]).await;
        let path = format!("/desk/cases/{id}");
        let page = people.researcher.get(&path).await.expect(200).says("May be on record already");
        assert!(page.page().links().contains(&format!("/incidents/{}", published.reference)));
        assert!(page.page().links().contains(&format!("/desk/cases/{draft}")));

        // While typing: another service is another case.
        let json = autosave(&people.researcher, &id, &[("services", "Another")]).await.expect(200).json();
        assert!(!json["parts"]["beside"].as_str().unwrap().contains("May be on record"), "{json}");
        let json = autosave(&people.researcher, &id, &service).await.expect(200).json();
        let part = json["parts"]["beside"].as_str().unwrap();
        assert!(part.contains(&published.reference) && part.contains("An older draft"), "{part}");

        // Settling one saves what was typed.
        let mut form = people.researcher.case_form(&id).await;
        form.set(&[("title", "Typed before the button")]);
        let location =
            people.researcher.send(&form, &format!("relate {}", published.reference)).await.moved();
        assert_eq!(location, format!("{path}?done=relate#beside"));
        let form = people.researcher.case_form(&id).await;
        assert_eq!(form.value("related"), Some(published.reference.as_str()));
        assert_eq!(form.value("title"), Some("Typed before the button"));
        people.researcher.send(&form, &format!("not-the-same {draft}")).await.expect(303);
        people.researcher.get(&path).await.expect(200).never_says("May be on record already");
        people.researcher.type_into(&id, &[], "save").await.expect(303);
        let odd = [("do", "relate TW-1999-0001"), ("revision", "99")];
        assert!(people.researcher.post(&path, &odd).await.moved().contains("done=saved"), "nothing to link");
    })
    .await;
}

#[tokio::test]
async fn the_form_asks_a_constant_number_of_times_however_many_may_be_the_same() {
    each_engine("the_form_asks_a_constant_number_of_times_however_many_may_be_the_same", async |world| {
        let people = world.desk().await;
        let alone = people.draft(&[("start", "2011-01-01")]).await;
        let mut among = String::new();
        for _ in 0..6 {
            among = people.draft(&[]).await;
        }
        let (few, one) = counted(people.researcher.get(&format!("/desk/cases/{alone}"))).await;
        let (many, six) = counted(people.researcher.get(&format!("/desk/cases/{among}"))).await;
        assert!(many.text().matches("not-the-same").count() > few.text().matches("not-the-same").count());
        println!("the case form: {six} statements");
        assert_eq!(one, six);
        assert!((1..=12).contains(&six), "{six}");
    })
    .await;
}

#[tokio::test]
async fn links_lead_to_others_measurements_and_nothing_is_asked_of_them() {
    each_engine("links_lead_to_others_measurements_and_nothing_is_asked_of_them", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[("start", "2016-05")]).await;
        let page = people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200).page();
        let links = page.links();
        for begins in [
            "https://explorer.ooni.org/chart/mat?probe_cc=BR&since=2016-04-28&until=2016-06-03",
            "https://ioda.inetintel.cc.gatech.edu/country/BR?from=",
            "https://radar.cloudflare.com/br?dateStart=2016-04-28&dateEnd=2016-06-03",
            "https://web.archive.org/web/20160501*/https://news.example/messenger-blocked",
        ] {
            assert!(links.iter().any(|link| link.starts_with(begins)), "{begins}: {links:?}");
        }
        let outward = page.tags.iter().filter(|tag| {
            tag.name == "a" && tag.get("href").is_some_and(|href| href.starts_with("https://"))
        });
        for tag in outward {
            assert_eq!(tag.get("rel"), Some("noreferrer noopener"), "{tag:?}");
        }
        let none = people.draft(&[("start", "")]).await;
        let page = people.researcher.get(&format!("/desk/cases/{none}")).await.expect(200);
        page.never_says("Where to look for more").says("not an anonymous drop box");
    })
    .await;
}

#[tokio::test]
async fn beside_each_field_of_each_kind_stands_what_becomes_public() {
    each_engine("beside_each_field_of_each_kind_stands_what_becomes_public", async |world| {
        let people = world.desk().await;
        let id = people.researcher.new_case().await;
        let path = format!("/desk/cases/{id}");
        for kind in Kind::ALL {
            people.researcher.type_into(&id, &[("kind", kind.slug())], "save").await.expect(303);
            let html = people.researcher.get(&path).await.expect(200).text();
            let form = &html[html.find("<form method=\"post\" action=\"/desk/cases/").unwrap()..];
            let form = &form[..form.find("</form>").unwrap()];
            let fields = form.matches("class=\"field\"").count();
            assert!(fields > 30, "{fields}");
            assert_eq!(form.matches("class=\"sight\"").count(), fields, "{kind:?}");
            let words = people.researcher.get(&path).await.words();
            let said = words.matches("● Public").count() + words.matches("□ Stays at the desk").count();
            assert_eq!(said, fields, "{kind:?}: in words, not by the mark alone");
            let first = form.find("class=\"field\"").unwrap();
            assert!(form.find("not an anonymous drop box").unwrap() < first);
            for address in ["https://securedrop.org/", "https://www.globaleaks.org/"] {
                assert!(form.find(address).unwrap() < first, "{address}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_form_is_sent_compressed_to_who_takes_it() {
    each_engine("the_form_is_sent_compressed_to_who_takes_it", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let path = format!("/desk/cases/{id}");
        let ask = |coding: &'static str| {
            people.researcher.ask(axum::http::Method::GET, &path).header("accept-encoding", coding).send()
        };
        let plain = people.researcher.get(&path).await.expect(200);
        assert!(plain.headers.get("content-encoding").is_none());
        let small = ask("gzip, br").await.expect(200);
        assert_eq!(small.header("content-encoding"), "gzip");
        assert!(small.body.len() * 3 < plain.body.len(), "{} of {}", small.body.len(), plain.body.len());
        assert_eq!(ask("gzip;q=0").await.expect(200).body.len(), plain.body.len());
        // What is sealed is not: its length would say something of it.
        let sealed = people.researcher.ask(axum::http::Method::GET, &format!("{path}/sealed"));
        let sealed = sealed.header("accept-encoding", "gzip").send().await.expect(200);
        assert!(sealed.headers.get("content-encoding").is_none());
    })
    .await;
}
