//! The canary: a marker in everything that is private, and then a look at everything that is public, at every edition,
//! and at all that was logged.

use domain::form::{LISTS, TEXTS};

use crate::support::{History, MARK, NAMES, World, each_engine, leaks, public_places};

fn marker(of: &str) -> String {
    format!("{MARK}-{of}")
}

/// Every field of the form with a marker in it.
fn marked_fields() -> Vec<(String, String)> {
    let groups = [
        "actors.0.name",
        "actors.0.state",
        "sources.0.url",
        "sources.0.title",
        "sources.0.first_published_by",
    ];
    let texts = TEXTS.iter().map(|name| ((*name).to_owned(), marker(name)));
    let lists = LISTS.iter().map(|name| (format!("{name}.0"), marker(name)));
    texts.chain(lists).chain(groups.map(|name| (name.to_owned(), marker(name)))).collect()
}

async fn keep_secrets(world: &World, people: &History) -> (String, Vec<String>) {
    let fields = marked_fields();
    let marked: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    // A published case with all that may stand beside it.
    let naming = [("naming", "public-figure"), ("naming_reason", "REASON")]
        .map(|(n, v)| (n, if v == "REASON" { marker("naming") } else { v.to_owned() }));
    let naming: Vec<(&str, &str)> = naming.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let id = people.submitted(&naming).await;
    let sealed = format!("/desk/cases/{id}/sealed");
    people.researcher.seal(&id, &marker("sealed")).await.expect(303);
    let revealed = people.first.reveal(&id).await;
    assert_eq!(revealed.page().form(&sealed).value("note"), Some(marker("sealed").as_str()));
    // Typed and taken out again.
    people.researcher.type_into(&id, &[("outcome", &marker("earlier"))], "save").await.expect(303);
    people.researcher.type_into(&id, &[("outcome", "")], "save").await.expect(303);
    people.first.step(&id, "request-changes", &marker("note")).await.expect(303);
    people.researcher.type_into(&id, &[], "submit").await.expect(303);
    people.first.step(&id, "verify", "").await.expect(303);
    people.second.step(&id, "publish", "").await.expect(303);
    let reference = people.reference(&id).await;
    people.first.step(&id, "hide", &marker("hidden")).await.expect(303);
    people.second.step(&id, "restore", &marker("restored")).await.expect(303);
    // What colleagues say to each other of it, and what they ask for.
    for field in ["", "outcome"] {
        let body = marker("comment");
        let comment = [("do", "comment"), ("field", field), ("body", body.as_str())];
        people.first.post(&format!("/desk/cases/{id}/comments"), &comment).await.expect(303);
    }
    let reason = marker("erasure");
    let ask = [("do", "ask"), ("act", "erase"), ("reason.erase", reason.as_str())];
    people.first.post(&format!("/desk/cases/{id}/withdrawals"), &ask).await.expect(303);
    // Files that are not shown, with names, bytes and agreements that are nobody's business.
    for of in [&id, &people.draft(&[]).await] {
        let (name, bytes) = (marker("file-name"), marker("file"));
        let upload = people.researcher.ask(axum::http::Method::POST, &format!("/desk/cases/{of}/evidence"));
        upload.sent_by_our_page().files(&[(&name, bytes.as_bytes())]).send().await.expect(303);
    }
    for (of, file) in world.evidence(false).await {
        let names = ["shows", "consent", "consent_note"].map(|name| format!("{name}.{file}"));
        let (shows, note) = (marker("file-shows"), marker("file-consent"));
        let values = [shows.as_str(), "desk-only", note.as_str()];
        let mut fields: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(values).collect();
        fields.push(("do", "describe"));
        people.researcher.post(&format!("/desk/cases/{of}/evidence/{file}"), &fields).await.expect(303);
    }
    keep_replies(world, people, &reference).await;
    // A correction of it that is not published, with every field full.
    people.researcher.step(&id, "correct", &marker("correction")).await.expect(303);
    // A country that nobody can find is kept, and the page says what is wrong with it.
    people.researcher.type_into(&id, &marked, "save").await.expect(422);
    // A case that nobody published, saved, refused, and carried through a sign-in.
    let draft = people.draft(&[]).await;
    people.researcher.type_into(&draft, &marked, "save").await.expect(422);
    people.researcher.type_into(&draft, &[], "submit").await.expect(422);
    people.researcher.post(&format!("/desk/cases/{draft}/autosave"), &marked).await;
    let carried = world.stranger().post(&format!("/desk/cases/{draft}"), &marked).await.expect(401);
    assert!(carried.text().contains(MARK), "it is carried to who typed it");
    let wrong = [("email", marker("email")), ("password", marker("password"))];
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(n, v)| (*n, v.as_str())).collect();
    world.stranger().post("/sign-in", &wrong).await.expect(422);
    // And editions after all that.
    people.published(&[("title", "Another made-up case")]).await;
    (reference, vec![id, draft])
}

/// Replies from outside: one whose answer is prepared and not published, one that is answered to its sender alone.
async fn keep_replies(world: &World, people: &History, reference: &str) {
    let (text, name, contact) = (marker("reply"), marker("reply-name"), marker("reply-contact"));
    let source = format!("https://{}.example/", marker("reply-source"));
    for kind in ["correction", "removal"] {
        let fields = [
            ("kind", kind),
            ("text", &text),
            ("name", &name),
            ("may_name", "yes"),
            ("contact", &contact),
            ("source", &source),
        ];
        let receipt = world.stranger().post(&format!("/incidents/{reference}/reply"), &fields).await.moved();
        world.stranger().get(&receipt).await.expect(200).never_says(MARK);
    }
    for (id, outcome) in world.replies().await.iter().zip(["published", "done"]) {
        let path = format!("/desk/replies/{id}");
        people.first.post(&path, &[("do", "contact")]).await.expect(200).says(&contact);
        let answer = [
            ("do", "answer"),
            ("outcome", outcome),
            ("words", &text),
            ("party", &name),
            ("reason", &marker("reply-reason")),
        ];
        people.first.post(&path, &answer).await.expect(303);
    }
}

#[tokio::test]
async fn nothing_private_is_in_anything_public() {
    each_engine("nothing_private_is_in_anything_public", async |world| {
        let people = world.desk().await;
        let (reference, cases) = keep_secrets(world, &people).await;
        // The look does find what is there.
        people.first.get(&format!("/desk/cases/{}", cases[1])).await.expect(200).says(MARK);
        let ids: Vec<&str> = cases.iter().map(String::as_str).collect();
        let places = public_places(world, &[&reference], &ids).await;
        let head = world.store.head().await.unwrap().edition;
        let mut paths = places.at_editions(1..=head);
        paths.extend(places.desk.iter().cloned());
        paths.extend(
            paths
                .clone()
                .iter()
                .filter(|path| path.starts_with("/countries"))
                .map(|path| format!("/fr{path}")),
        );
        let stranger = world.stranger();
        for path in &paths {
            let answer = stranger.get(path).await;
            let headers = format!("{:?}", answer.headers);
            let text = answer.text();
            for private in NAMES.iter().copied().chain([MARK]) {
                assert!(!text.contains(private) && !headers.contains(private), "{path} says {private}");
            }
            for id in &cases {
                let asked_for = path.contains(id.as_str());
                assert!(asked_for || !text.contains(id.as_str()), "{path} names the case");
            }
        }
        let logged = leaks();
        assert!(logged.is_empty(), "{logged:?}");
        // Nor does the record hold it, in whatever table.
        for row in world.dump("record_").await {
            assert!(!row.contains(MARK), "{row}");
        }
    })
    .await;
}
