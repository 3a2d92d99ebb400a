//! Replies from outside: somebody without an account writes, two reviewers answer, and what came of it stands on the
//! incident and behind a private link. And what attackers would do with that.

use axum::http::Method;

use crate::support::{Answer, Form, Member, Published, Stranger, Who, World, each_engine};

const CORRECTION: &[(&str, &str)] = &[
    ("kind", "correction"),
    ("text", "The made-up day was the third."),
    ("name", "Made-up Messenger Ltd"),
    ("may_name", "yes"),
    ("contact", "press@messenger.example"),
    ("source", "https://messenger.example/statement"),
];

async fn send(stranger: &Stranger, reference: &str, fields: &[(&str, &str)]) -> Answer {
    stranger.post(&format!("/incidents/{reference}/reply"), fields).await
}

/// Sends a reply by the form; its private link, and its address at the desk.
async fn sent(world: &World, reference: &str, fields: &[(&str, &str)]) -> (String, String) {
    let (stranger, path) = (world.stranger(), format!("/incidents/{reference}/reply"));
    let mut form = stranger.get(&path).await.expect(200).page().form(&path);
    form.set(fields);
    let known = world.replies().await;
    let link = stranger.send(&form, "").await.moved();
    let new = world.replies().await.into_iter().find(|id| !known.contains(id)).unwrap();
    (link.trim_end_matches("?done=received").to_owned(), format!("/desk/replies/{new}"))
}

/// The form of the page at the desk that has this button.
async fn form_of(member: &Member, desk: &str, button: &str) -> Form {
    let page = member.get(desk).await.expect(200).page();
    let has = |form: &&Form| form.buttons.contains(&("do".to_owned(), button.to_owned()));
    page.forms.iter().find(has).cloned().unwrap_or_else(|| panic!("no {button}: {:?}", page.forms))
}

/// Publishes what another prepared.
async fn publish(member: &Member, desk: &str) {
    let form = form_of(member, desk, "publish").await;
    assert!(member.send(&form, "publish").await.moved().contains("done=reply-published"));
}

#[tokio::test]
async fn a_stranger_replies_and_two_reviewers_answer() {
    each_engine("a_stranger_replies_and_two_reviewers_answer", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { reference, .. } = people.published(&[]).await;
        let incident = format!("/incidents/{reference}");
        let stored = stranger.get(&format!("{incident}/record.json")).await.expect(200);
        let head = world.store.head().await.unwrap().edition;
        let page = stranger.get(&incident).await.expect(200).says("Reply or ask for a correction");
        assert!(page.page().links().contains(&format!("{incident}/reply")));

        let (link, desk) = sent(world, &reference, CORRECTION).await;
        let receipt = stranger.get(&format!("{link}?done=received")).await.expect(200);
        let receipt = receipt.says("It was received.").says("It waits to be read").never_says("the third");
        assert_eq!(receipt.header("cache-control"), "no-store");
        assert!(
            receipt.text().contains("content=\"noindex\"") && receipt.headers.get("set-cookie").is_none()
        );
        assert!(
            !receipt.text().contains(link.trim_start_matches("/replies/")),
            "the page does not repeat it"
        );
        stranger.get(&incident).await.never_says("the third");

        // A reviewer reads it, looks the contact up, and prepares an answer.
        people.first.get("/desk").await.says("Replies waiting").says("A request for a correction");
        let page = people.first.get(&desk).await.expect(200).says("The made-up day was the third.");
        page.says("agrees to be named").never_says("press@messenger.example");
        people.first.post(&desk, &[("do", "contact")]).await.expect(200).says("press@messenger.example");
        let mut form = form_of(&people.first, &desk, "answer").await;
        form.set(&[
            ("outcome", "published"),
            ("words", "The day was the third."),
            ("reason", "It is checked."),
        ]);
        assert_eq!(form.value("party"), Some("Made-up Messenger Ltd"));
        assert!(people.first.send(&form, "answer").await.moved().contains("done=reply-prepared"));
        stranger.get(&incident).await.never_says("was the third");
        stranger.get(&link).await.says("It waits to be read");

        // Another one publishes it: one edition more.
        people.first.get(&desk).await.says("another reviewer has to publish it");
        let seen = form_of(&people.first, &desk, "take-back").await.value("seen").unwrap().to_owned();
        let own = [("do", "publish"), ("seen", seen.as_str())];
        people.first.post(&desk, &own).await.expect(403);
        people.second.post(&desk, &[("do", "publish"), ("seen", "something else")]).await.expect(409);
        publish(&people.second, &desk).await;
        assert_eq!(world.store.head().await.unwrap().edition, head + 1);
        let shown = stranger.get(&incident).await.expect(200);
        shown.says("Request for a correction by Made-up Messenger Ltd").says("The day was the third.");
        stranger.get(&incident).await.says("It is checked.").never_says("press@messenger.example");
        stranger.get("/changes").await.says("A reply was answered");
        stranger.get(&format!("{incident}?edition={head}")).await.expect(200).never_says("the third");
        stranger.get(&link).await.says("words of it stand").says("It is checked.").never_says("the third");

        // The stored bytes and their hash are the incident's; replies have a file of their own.
        let after = stranger.get(&format!("{incident}/record.json")).await.expect(200);
        assert_eq!(after.body, stored.body);
        assert_eq!(after.header("x-content-hash"), stored.header("x-content-hash"));
        let replies = stranger.get(&format!("{incident}/replies.json")).await.expect(200).json();
        assert_eq!(replies["replies"][0]["party"], "Made-up Messenger Ltd");
        assert_eq!(replies["replies"][0]["edition"], head + 1);
        let then = stranger.get(&format!("{incident}/replies.json?edition={head}")).await.expect(200).json();
        assert_eq!(then["replies"], serde_json::json!([]));

        // It is done: nothing can be answered twice, and the contact is gone.
        people.second.post(&desk, &own).await.expect(409);
        people.first.get(&desk).await.says("None was given, or it is erased.");
        people.first.get("/desk").await.never_says("Replies waiting");
        world.store.verify_audit().await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_answer_can_point_to_a_correction_or_decline() {
    each_engine("an_answer_can_point_to_a_correction_or_decline", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { id, reference } = people.published(&[]).await;
        let (link, desk) = sent(world, &reference, CORRECTION).await;
        let wrong = [("do", "answer"), ("outcome", "corrected"), ("reason", "Thank you.")];
        let refused = people.first.post(&desk, &wrong).await.expect(422).says("Edition that changed it");
        let typed = refused.page().forms.iter().any(|form| form.value("reason") == Some("Thank you."));
        assert!(typed, "what was typed is there");
        people.corrected(&id, "A reply said so.", &[("start", "2016-05-03")]).await;
        let edition = world.store.head().await.unwrap().edition.to_string();
        let answer = [("do", "answer"), ("outcome", "corrected"), ("edition", &edition)];
        people.first.post(&desk, &answer).await.expect(303);
        publish(&people.second, &desk).await;
        let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
        let page = page.says("The incident was changed by it:").never_says("Messenger Ltd");
        assert!(page.page().links().contains(&format!("/incidents/{reference}?edition={edition}")));
        stranger.get(&link).await.says("the incident was changed");

        // Somebody is not named who did not agree; the reason of a refusal is public.
        let anonymous = [("kind", "reply"), ("text", "It was not us."), ("name", "Made-up Ministry")];
        let (link, desk) = sent(world, &reference, &anonymous).await;
        people.first.get(&desk).await.says("does not agree to be named");
        let named =
            [("do", "answer"), ("outcome", "published"), ("words", "x"), ("party", "Made-up Ministry")];
        people.first.post(&desk, &named).await.expect(422).says("did not agree to be named");
        let declined = [("do", "answer"), ("outcome", "declined"), ("reason", "The order is on record.")];
        people.first.post(&desk, &declined).await.expect(303);
        people.first.post(&desk, &[("do", "take-back")]).await.expect(303);
        people.first.post(&desk, &declined).await.expect(303);
        publish(&people.second, &desk).await;
        let page = stranger.get(&format!("/incidents/{reference}")).await.says("The order is on record.");
        page.never_says("It was not us").never_says("Made-up Ministry");
        stranger.get(&link).await.says("nothing is changed").says("The order is on record.");
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_safety_is_answered_alone() {
    each_engine("who_asks_for_safety_is_answered_alone", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { reference, .. } = people.published(&[]).await;
        let page = stranger.get(&format!("/incidents/{reference}")).await.text();
        let head = world.store.head().await.unwrap();
        let asked = [("kind", "removal"), ("text", "The made-up village leads to her.")];
        for (outcome, says) in [("done", "something was done"), ("declined", "nothing is changed")] {
            let (link, desk) = sent(world, &reference, &asked).await;
            people.first.get(&desk).await.expect(200).never_says("Show words of it");
            let public = [("do", "answer"), ("outcome", "published"), ("words", "x"), ("reason", "x")];
            people.first.post(&desk, &public).await.expect(422);
            let answer = [("do", "answer"), ("outcome", outcome), ("reason", "Only to you.")];
            assert!(people.first.post(&desk, &answer).await.moved().contains("done=reply-answered"));
            stranger.get(&link).await.says(says).says("Only to you.").never_says("village");
        }
        let (link, desk) = sent(world, &reference, &asked).await;
        people.first.post(&desk, &[("do", "answer"), ("outcome", "spam")]).await.expect(303);
        stranger.get(&link).await.says("not taken as a reply");
        people.first.get(&desk).await.expect(200).says("It is erased.");
        // Not that anything was asked, not that anything was answered.
        assert_eq!(world.store.head().await.unwrap(), head);
        assert_eq!(stranger.get(&format!("/incidents/{reference}")).await.text(), page);
        assert!(!world.dump("record_").await.iter().any(|row| row.contains("Only to you")));
    })
    .await;
}

#[tokio::test]
async fn what_is_withdrawn_takes_no_reply_and_gives_no_hint() {
    each_engine("what_is_withdrawn_takes_no_reply_and_gives_no_hint", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { id, reference } = people.published(&[]).await;
        let (path, title) = (format!("/incidents/{reference}/reply"), "Made-up messenger blocked");
        stranger.get(&path).await.expect(200).says(title);
        people.first.step(&id, "hide", "A made-up risk.").await.expect(303);
        let page = stranger.get(&path).await.expect(200).says("Withheld pending review").never_says(title);
        assert!(page.page().find_form(&path).is_none());
        // Who was writing meanwhile keeps what they wrote.
        let late = send(&stranger, &reference, CORRECTION).await.expect(409).never_says(title);
        assert_eq!(late.page().form(&path).value("text"), Some("The made-up day was the third."));
        people.second.step(&id, "restore", "None after all.").await.expect(303);

        people.first.step(&id, "retract", "It never happened.").await.expect(303);
        let form = stranger.get(&path).await.expect(200).says("You can still reply").never_says(title);
        assert!(form.page().find_form(&path).is_some());
        let (_, desk) = sent(world, &reference, CORRECTION).await;
        people
            .first
            .post(&desk, &[("do", "answer"), ("outcome", "declined"), ("reason", "It is retracted.")])
            .await
            .expect(303);
        publish(&people.second, &desk).await;
        let page = stranger.get(&format!("/incidents/{reference}")).await.says("It is retracted.");
        page.says("It never happened.").never_says(title);

        let erase = "INSERT INTO record_erasure (reference, day) VALUES ($1, '2026-01-01')";
        sqlx::query(erase).bind(reference.clone()).execute(&world.raw).await.unwrap();
        stranger.get(&path).await.expect(410).never_says("It is retracted");
        stranger
            .get(&format!("/incidents/{reference}/replies.json"))
            .await
            .expect(410)
            .never_says("retracted.");
        send(&stranger, &reference, CORRECTION).await.expect(409);
        stranger.get("/incidents/TW-1999-0001/reply").await.expect(404);
        send(&stranger, "TW-1999-0001", CORRECTION).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn where_nobody_reads_replies_the_form_says_so() {
    each_engine("where_nobody_reads_replies_the_form_says_so", async |world| {
        let stranger = world.stranger();
        let page = stranger.get("/incidents").await.expect(200).page();
        let starter = page.links().into_iter().find(|link| link.starts_with("/incidents/TW-")).unwrap();
        let path = format!("{starter}/reply");
        let page = stranger.get(&path).await.expect(200).says("Nobody reads replies to this incident yet");
        assert!(page.page().find_form(&path).is_none());
        stranger.post(&path, CORRECTION).await.expect(409).says("Nobody reads replies");
        assert!(world.replies().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn others_reach_no_reply() {
    each_engine("others_reach_no_reply", async |world| {
        let people = world.desk().await;
        let Published { reference, .. } = people.published(&[]).await;
        let (_, desk) = sent(world, &reference, CORRECTION).await;
        let before = world.dump("desk_reply").await;
        let none = "/desk/replies/01999999-9999-7999-8999-999999999999";
        let everything: [&[(&str, &str)]; 4] = [
            &[("do", "contact")],
            &[("do", "take-back")],
            &[("do", "publish"), ("seen", "x")],
            &[("do", "answer"), ("outcome", "spam")],
        ];
        for who in [Who::Outsider, Who::Steward] {
            let member = world.sign_in(who).await;
            assert_eq!(member.get(&desk).await.expect(404).body, member.get(none).await.expect(404).body);
            for fields in everything {
                let theirs = member.post(&desk, fields).await.expect(404);
                assert_eq!(theirs.body, member.post(none, fields).await.expect(404).body);
            }
            member.get("/desk").await.never_says("Replies waiting");
        }
        for who in [Who::Researcher, Who::Analyst, Who::Manager] {
            let member = world.sign_in(who).await;
            member.get(&desk).await.expect(403);
            for fields in everything {
                member.post(&desk, fields).await.expect(403);
            }
            member.get("/desk").await.never_says("Replies waiting");
        }
        assert_eq!(world.dump("desk_reply").await, before);
    })
    .await;
}

#[tokio::test]
async fn a_flood_waits_and_loses_nothing_typed() {
    each_engine("a_flood_waits_and_loses_nothing_typed", async |world| {
        let people = world.desk().await;
        let Published { reference, .. } = people.published(&[]).await;
        let (stranger, path) = (world.stranger(), format!("/incidents/{reference}/reply"));
        for _ in 0..10 {
            send(&stranger, &reference, CORRECTION).await.expect(303);
        }
        let audit = world.dump("desk_audit").await.len();
        for _ in 0..20 {
            // A forged address is no other network.
            let ask = stranger.ask(Method::POST, &path).sent_by_our_page().fields(CORRECTION);
            let refused = ask.header("x-forwarded-for", "203.0.113.9").send().await.expect(429);
            assert!(refused.header("retry-after").parse::<u32>().unwrap() <= 3601);
            assert_eq!(refused.page().form(&path).value("text"), Some("The made-up day was the third."));
        }
        assert_eq!(world.replies().await.len(), 10);
        assert_eq!(world.dump("desk_audit").await.len(), audit, "a flood does not fill the log");
        // What was only wrong does not count as a try, and is named even now.
        send(&stranger, &reference, &[("kind", "reply")]).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_named_and_stays_in_the_form() {
    each_engine("what_cannot_be_taken_is_named_and_stays_in_the_form", async |world| {
        let people = world.desk().await;
        let Published { reference, .. } = people.published(&[]).await;
        let (stranger, path) = (world.stranger(), format!("/incidents/{reference}/reply"));
        let long = "x".repeat(20_000);
        for (field, value, said) in [
            ("kind", "", "What it is"),
            ("kind", "praise", "What it is"),
            ("text", "", "What you want to say"),
            ("text", long.as_str(), "4000 fit here"),
            ("text", "turned \u{202E}around", "What you want to say"),
            ("text", "a\u{1b}[31mb", "What you want to say"),
            ("source", "javascript:alert(1)", "Where this can be checked"),
            ("source", "no address", "Where this can be checked"),
            ("name", "", "Who says so"),
            ("contact", "two\r\nlines", "How you can be reached"),
            ("subject_line", "buy now", "has to stay empty"),
        ] {
            let mut fields: Vec<(&str, &str)> =
                CORRECTION.iter().copied().filter(|(n, _)| *n != field).collect();
            fields.push((field, value));
            let refused = send(&stranger, &reference, &fields).await.expect(422).says(said);
            let form = refused.page().form(&path);
            let expected = if field == "text" { value } else { "The made-up day was the third." };
            let held = form.value("text").unwrap().replace("\r\n", "\n");
            assert_eq!(held, expected, "{field}");
        }
        let huge = format!("kind=reply&text={}", "x".repeat(300 << 10));
        let form = "application/x-www-form-urlencoded";
        for (kind, body, status) in [
            (form, huge, 413),
            (form, "a=&".repeat(3_000), 413),
            ("application/json", "{}".to_owned(), 415),
            ("multipart/form-data; boundary=x", "--x--".to_owned(), 415),
        ] {
            let ask = stranger.ask(Method::POST, &path).sent_by_our_page().header("content-type", kind);
            let refused = ask.body(body).send().await.expect(status);
            assert_eq!(refused.header("cache-control"), "no-store");
        }
        stranger.ask(Method::POST, &path).fields(CORRECTION).send().await.expect(403);
        assert!(world.replies().await.is_empty());

        // Markup is words: to the reviewer, and on the incident.
        let markup = "<script>alert(1)</script> </blockquote><img src=x onerror=alert(1)> =1+1";
        let (_, desk) = sent(world, &reference, &[("kind", "reply"), ("text", markup)]).await;
        let page = people.first.get(&desk).await.says(markup).page();
        assert!(!page.tags.iter().any(|tag| tag.get("onerror").is_some() || tag.name == "script"));
        let answer = [("do", "answer"), ("outcome", "published"), ("words", markup)];
        people.first.post(&desk, &answer).await.expect(303);
        publish(&people.second, &desk).await;
        let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200).says(markup);
        assert!(!page.page().tags.iter().any(|tag| tag.get("onerror").is_some() || tag.name == "script"));
    })
    .await;
}

#[tokio::test]
async fn a_private_link_cannot_be_guessed_or_made() {
    each_engine("a_private_link_cannot_be_guessed_or_made", async |world| {
        let people = world.desk().await;
        let Published { reference, .. } = people.published(&[]).await;
        let stranger = world.stranger();
        let (link, desk) = sent(world, &reference, CORRECTION).await;
        let token = link.trim_start_matches("/replies/").to_owned();
        assert_eq!(token.len(), 64);
        let row = world.dump("desk_reply").await.join("\n");
        assert!(!row.contains(&token), "only its hash is kept");
        let hash = row.split(['|', ',']).find(|part| part.len() == 64).unwrap().to_owned();
        let none = stranger.get(&format!("/replies/{}", "0".repeat(64))).await.expect(404);
        let id = desk.trim_start_matches("/desk/replies/");
        for guess in [hash.as_str(), id, &token[..63], &token.to_uppercase(), "%00", "' OR 1=1 --"] {
            let path = format!("/replies/{}", guess.replace(' ', "%20"));
            let answer = stranger.get(&path).await.expect(404);
            assert_eq!((answer.body, answer.headers), (none.body.clone(), none.headers.clone()), "{guess}");
        }
        stranger.get(&link).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_reply_can_be_taken_from_readers_in_every_edition() {
    each_engine("a_reply_can_be_taken_from_readers_in_every_edition", async |world| {
        let (people, stranger) = (world.desk().await, world.stranger());
        let Published { reference, .. } = people.published(&[]).await;
        let (link, desk) = sent(world, &reference, CORRECTION).await;
        let words = "The made-up widow lives there.";
        let answer = [("do", "answer"), ("outcome", "published"), ("words", words)];
        people.first.post(&desk, &answer).await.expect(303);
        publish(&people.second, &desk).await;
        let head = world.store.head().await.unwrap().edition;
        stranger.get(&format!("/incidents/{reference}")).await.says(words);
        world.store.redact(&reference, "replies", "A made-up risk.", jiff::Timestamp::now()).await.unwrap();
        world.app.follow_head().await.unwrap();
        for path in ["", "/replies.json", "/record.json"] {
            for edition in [String::new(), format!("?edition={head}")] {
                stranger.get(&format!("/incidents/{reference}{path}{edition}")).await.never_says("widow");
            }
        }
        stranger.get(&format!("/incidents/{reference}")).await.says("withheld for safety");
        stranger.get(&link).await.expect(200).says("later withheld");
        people.first.get(&desk).await.expect(200).says("It is erased.").never_says("widow");
        assert!(!world.dump("").await.iter().any(|row| row.contains("widow")), "in no table");
    })
    .await;
}
