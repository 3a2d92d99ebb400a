//! Bad input at the desk: a message that says which field, what was wrong and what would be right; everything typed
//! still in the form; nothing half written.

use axum::http::Method;

use crate::support::{Answer, FIVE_FIELDS, Member, each_engine};

/// A form that comes back must say what is wrong at a field, link to it from the top, and hold what was typed.
#[track_caller]
fn assert_refused(answer: &Answer, id: &str, field: &str, said: &str, typed: &[(&str, &str)]) {
    assert_eq!(answer.status.as_u16(), 422, "{field}: {}", answer.words());
    let page = answer.page();
    let form = page.form(&format!("/desk/cases/{id}"));
    let control = format!("f-{}", field.replace('.', "-"));
    assert!(page.links().contains(&format!("#{control}")), "no link to {control}: {:?}", page.links());
    let wrong = page.tags.iter().find(|tag| tag.get("id") == Some(&control));
    let wrong = wrong.unwrap_or_else(|| panic!("no control {control}"));
    assert_eq!(wrong.get("aria-invalid"), Some("true"), "{control}");
    assert!(wrong.get("aria-describedby").unwrap_or_default().contains(&format!("{control}-error")));
    assert!(answer.words().contains(said), "{said:?} is not in {}", answer.words());
    for (name, value) in typed {
        let held = form.value(name).map(|v| v.replace("\r\n", "\n"));
        assert!(
            held.as_deref() == Some(value),
            "{name} holds {:?}",
            held.map(|h| h.chars().take(80).collect::<String>())
        );
    }
}

async fn submit(member: &Member, id: &str, typed: &[(&str, &str)]) -> Answer {
    member.type_into(id, typed, "submit").await
}

#[tokio::test]
async fn what_cannot_be_is_named_with_what_would_be_right() {
    each_engine("what_cannot_be_is_named_with_what_would_be_right", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        for (wrong, field, said) in [
            (
                vec![("start", "2016-02-31")],
                "start",
                "There is no such day as 2016-02-31: that month has 29 days.",
            ),
            (vec![("start", "2016-05-02"), ("end", "2016-05-01")], "end", "The end lies before the start."),
            (vec![("end", ""), ("start", "next week")], "start", "“next week” is not a date"),
            (vec![("start", "2999-01-01")], "start", "lies in the future"),
            (vec![("start", "2016-05-02"), ("places.0", "Brazill")], "places.0", "Did you mean Brazil"),
            (vec![("places.0", "Qwxyz")], "places.0", "No country or area is known as “Qwxyz”."),
            (vec![("places.0", "Brazil"), ("kind", "parade")], "kind", "“parade” is not one of the answers"),
            (vec![("kind", "throttling"), ("narrative", "Short.")], "narrative", "two sentences"),
            (
                vec![("narrative", FIVE_FIELDS[3].1), ("sources.0.url", "javascript:alert(1)")],
                "sources.0.url",
                "is not a web address",
            ),
            (vec![("sources.0.url", "")], "sources.0.url", "This is needed."),
        ] {
            let answer = submit(&people.researcher, &id, &wrong).await;
            let typed: Vec<_> = wrong.iter().copied().filter(|(name, _)| *name != "kind").collect();
            assert_refused(&answer, &id, field, said, &typed);
        }
        people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200).says("draft");
    })
    .await;
}

#[tokio::test]
async fn an_empty_case_is_told_all_that_is_missing_at_once() {
    each_engine("an_empty_case_is_told_all_that_is_missing_at_once", async |world| {
        let people = world.desk().await;
        let id = people.researcher.new_case().await;
        let answer = submit(&people.researcher, &id, &[("title", "Only a title")]).await;
        for field in ["places.0", "kind", "start", "narrative", "sources.0.url"] {
            assert_refused(&answer, &id, field, "This is needed.", &[("title", "Only a title")]);
        }
        // Saving needs nothing.
        people.researcher.type_into(&id, &[("start", "31 February, I think")], "save").await.expect(303);
        assert_eq!(people.researcher.case_form(&id).await.value("start"), Some("31 February, I think"));
    })
    .await;
}

#[tokio::test]
async fn two_megabytes_are_refused_by_the_name_of_their_field_and_stay_in_the_form() {
    each_engine("two_megabytes_are_refused_by_the_name_of_their_field", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let long = "Again and again. ".repeat((2 << 20) / 17);
        let typed = [("narrative", long.as_str()), ("outcome", "Typed beside it.")];
        let answer = people.researcher.type_into(&id, &typed, "save").await;
        assert_refused(&answer, &id, "narrative", "20,000 fit here", &typed);
        assert_eq!(people.researcher.case_form(&id).await.value("outcome"), Some(""), "nothing half written");
        // Somewhat too long is kept while it is a draft, and refused when it is submitted.
        let longish = "Again and again. ".repeat(1500);
        let answer = submit(&people.researcher, &id, &[("narrative", &longish)]).await;
        assert_refused(
            &answer,
            &id,
            "narrative",
            "fit here",
            &[("narrative", longish.trim_end_matches('\n'))],
        );
        // More than any form holds.
        let more = "a".repeat(5 << 20);
        let path = format!("/desk/cases/{id}");
        people.researcher.post(&path, &[("narrative", &more)]).await.expect(413).says("Too large");
        let many: Vec<(&str, &str)> = vec![("contexts", "election"); 2_001];
        people.researcher.post(&path, &many).await.expect(413);
        people.researcher.post(&path, &[("sources.61.url", "x"), ("revision", "1")]).await.expect(422);
        // Nor is a stranger's time better spent.
        world.stranger().post("/sign-in", &[("email", &more)]).await.expect(413);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_form_is_refused_on_every_route_that_takes_one() {
    each_engine("what_is_no_form_is_refused_on_every_route_that_takes_one", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let before = world.dump("desk_case").await;
        for (method, route) in server::ROUTES.iter().filter(|(method, _)| *method == "POST") {
            if matches!(*route, "/desk/cases" | "/sign-out") {
                continue; // a button without fields: the body is not looked at
            }
            let path = route.replace("{id}", &id);
            for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
                let ask = people
                    .first
                    .ask(Method::from_bytes(method.as_bytes()).unwrap(), &path)
                    .sent_by_our_page();
                let takes_files = *route == "/desk/cases/{id}/evidence" && kind.starts_with("multipart/");
                let status = if takes_files { 400 } else { 415 };
                ask.header("content-type", kind).body("{\"reason\":\"x\"}").send().await.expect(status);
            }
        }
        assert_eq!(world.dump("desk_case").await, before);
    })
    .await;
}

#[tokio::test]
async fn odd_characters_come_back_as_they_were_typed() {
    each_engine("odd_characters_come_back_as_they_were_typed", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        for odd in [
            "\u{202e}evil",
            "a\u{300}\u{301}",
            "𝔘𝔫𝔦\u{10ffff}",
            "&amp;lt; &#60;",
            "  two  spaces  ",
            "حجب",
            "'\"`<>",
        ] {
            people.researcher.type_into(&id, &[("authority", odd)], "save").await.expect(303);
            assert_eq!(people.researcher.case_form(&id).await.value("authority"), Some(odd));
        }
        // A zero byte cannot be kept and may not stop the rest.
        let answer = people.researcher.type_into(&id, &[("authority", "a\0b")], "save").await;
        assert!(answer.status.as_u16() < 500, "{}", answer.status);
        people.researcher.get(&format!("/desk/cases/{id}")).await.expect(200);
        let answer = people.researcher.post("/desk/cases/%00", &[("authority", "x")]).await;
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{}", answer.status);
    })
    .await;
}
