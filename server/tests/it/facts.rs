//! The facts of the record at the desk: a steward changes and checks them, others propose; readers get editions.

use domain::fact::{FactAction, FactKind, may_on_facts};

use crate::support::{Member, Who, World, counted, each_engine};

/// The key of the newest version of an action with this text.
async fn action_with(world: &World, note: &str) -> String {
    use sqlx::Row;
    let sql = "SELECT id FROM record_action WHERE content LIKE $1 ORDER BY edition_from DESC";
    let row = sqlx::query(sql).bind(format!("%{note}%")).fetch_one(&world.raw).await;
    row.unwrap().try_get(0).unwrap()
}

/// What the form of a fact holds, as a browser would send it.
async fn form_of(member: &Member, path: &str, action: &str) -> crate::support::Form {
    member.get(path).await.expect(200).page().form(action)
}

const ACCESSION: &[(&str, &str)] = &[
    ("treaty", "budapest"),
    ("country", "India"),
    ("kind", "accession"),
    ("done", "2026-02-03"),
    ("source_url", "https://depositary.example/list"),
    ("source_title", "A made-up list of the depositary"),
    ("note", "made up for a test"),
    ("reason", "India acceded, by the made-up list"),
];

#[tokio::test]
async fn a_country_accedes_and_its_page_says_so_from_the_new_edition_on() {
    each_engine("a_country_accedes_and_its_page_says_so", async |world| {
        let (steward, stranger) = (world.sign_in(Who::Steward).await, world.stranger());
        let before = stranger.get("/countries/ind?edition=1").await.expect(200).words();
        stranger.get("/countries/ind").await.expect(200).never_says("3 February 2026");
        let mut form = form_of(&steward, "/desk/record/new/actions", "/desk/record/actions").await;
        form.fill(&[("country", "Indai"), ("done", "2026-02-31"), ("source_title", "مصدر")]);
        let refused = steward.send(&form, "change").await.expect(422);
        let refused = refused.says("Did you mean India").says("There is no such day as 2026-02-31");
        for (field, typed) in [("country", "Indai"), ("done", "2026-02-31"), ("source_title", "مصدر")] {
            let again = refused.page().form("/desk/record/actions");
            assert_eq!(again.value(field), Some(typed), "what was typed is still there");
        }
        form.fill(ACCESSION);
        assert_eq!(steward.send(&form, "change").await.moved(), "/desk/record/actions?done=fact-added");
        let page = stranger.get("/countries/ind").await.expect(200);
        page.says("not yet checked").says("3 February 2026");
        let old = stranger.get("/countries/ind?edition=1").await.expect(200).words();
        assert_eq!(old.contains("3 February 2026"), before.contains("3 February 2026"));
        let changes = stranger.get("/changes").await.expect(200);
        changes.says("India acceded, by the made-up list").says("Treaties, actions, areas and other facts");

        // Checked on its own page: what a standing rests on now.
        let id = action_with(world, "made up for a test").await;
        let path = format!("/desk/record/actions/{id}");
        let mut form = form_of(&steward, &path, &path).await;
        assert_eq!(form.value("country"), Some("India"), "a name, not a code");
        form.fields.push(("checked".into(), "yes".into()));
        form.fill(&[("checked_on", "2026-02-04"), ("reason", "Held against the list")]);
        assert_eq!(steward.send(&form, "change").await.moved(), format!("{path}?done=fact-changed"));
        stranger.get("/countries/ind").await.expect(200).says("Party to the Budapest Convention");
        // The same form again was made from a version that stands no more.
        let late =
            steward.send(&form, "change").await.expect(409).says("Somebody changed it while you wrote");
        assert_eq!(late.page().form(&path).value("reason"), Some("Held against the list"));

        let end = [("do", "end"), ("end_reason", "It was made up"), ("seen", "")];
        steward.post(&path, &end).await.expect(409);
        let form = steward.get(&path).await.page();
        let seen = form.form(&path).value("seen").unwrap().to_owned();
        let end = [("do", "end"), ("end_reason", ""), ("seen", seen.as_str())];
        steward.post(&path, &end).await.expect(422);
        let end = [("do", "end"), ("end_reason", "It was made up"), ("seen", seen.as_str())];
        assert_eq!(steward.post(&path, &end).await.moved(), "/desk/record/actions?done=fact-ended");
        stranger.get("/countries/ind").await.expect(200).never_says("3 February 2026");
        stranger.get("/countries/ind?edition=3").await.expect(200).says("Party to the Budapest Convention");
        steward.get(&path).await.expect(200).says("It stands no more").says("Ended in edition 4");
        assert!(world.store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn each_kind_of_fact_is_shown_and_changed_by_its_own_form() {
    each_engine("each_kind_of_fact_is_shown_and_changed_by_its_own_form", async |world| {
        let steward = world.sign_in(Who::Steward).await;
        let changes = [
            ("treaties/malabo", "note", "Checked by nobody, made up"),
            ("provisions/iccpr/19%283%29", "heading", "Made-up heading"),
            ("areas/BRA", "aliases", "Brasil\nBrésil\nالبرازيل"),
            ("groups/AU-DZA-0", "source", "Made-up list of members"),
            ("coverage/0", "note", "Made-up words"),
            ("indicators/vdem-freedom-of-expression", "newer_release", "99"),
        ];
        for (fact, field, text) in changes {
            let path = format!("/desk/record/{fact}");
            let mut form = form_of(&steward, &path, &path).await;
            // Facts that nobody checked yet may have no source; changing one names it.
            for source in ["source_url", "source"] {
                if form.value(source) == Some("") {
                    form.fill(&[(source, "https://source.example/made-up")]);
                }
            }
            form.fill(&[(field, text), ("reason", "Made up for a test")]);
            let moved = steward.send(&form, "change").await.moved();
            let page = steward.get(&moved).await.expect(200).says("Published. The change stands");
            let shown = page.page().form(&path).value(field).unwrap().replace("\r\n", "\n");
            assert_eq!(shown, text, "{fact}");
            // Once more: nothing is different.
            let mut form = page.page().form(&path);
            form.fill(&[("reason", "Again")]);
            steward.send(&form, "change").await.expect(422).says("Nothing is different");
        }
        let stranger = world.stranger();
        stranger.get("/countries/البرازيل").await;
        stranger.get("/countries?find=%D8%A7%D9%84%D8%A8%D8%B1%D8%A7%D8%B2%D9%8A%D9%84").await;
        stranger.get("/treaties/iccpr").await.expect(200).says("Made-up heading");
        stranger.get("/treaties/iccpr?edition=1").await.expect(200).never_says("Made-up heading");
        let observed = "/indicators/vdem-freedom-of-expression?country=BRA";
        stranger.get(observed).await.expect(200).says("99");
        // What others point to is not ended, and what is named so already is not added.
        let path = "/desk/record/treaties/budapest";
        let seen = form_of(&steward, path, path).await.value("seen").unwrap().to_owned();
        let end = [("do", "end"), ("end_reason", "x"), ("seen", seen.as_str())];
        steward.post(path, &end).await.expect(422).says("other parts of the record still point to it");
        let mut form = form_of(&steward, "/desk/record/new/areas", "/desk/record/areas").await;
        form.fill(&[("code", "bra"), ("name", "B"), ("kind", "state"), ("source", "x"), ("reason", "x")]);
        steward.send(&form, "change").await.expect(422).says("This stands on record already");
        steward.get("/desk/record/kings").await.expect(404);
        steward.get("/desk/record/areas/XXX").await.expect(404);
        steward.post("/desk/record/indicators", &[("reason", "x")]).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_yet_checked_is_checked_in_one_step_by_naming_the_source() {
    each_engine("what_is_not_yet_checked_is_checked_in_one_step", async |world| {
        let steward = world.sign_in(Who::Steward).await;
        let list = "/desk/record/unchecked?kind=provisions&treaty=budapest";
        let page = steward.get(list).await.expect(200).says("Provisions (131)");
        let mut form = page.page().form("/desk/record/unchecked");
        let boxes: Vec<String> = page
            .page()
            .tags
            .iter()
            .filter(|tag| tag.get("name") == Some("fact"))
            .map(|tag| tag.get("value").unwrap().to_owned())
            .collect();
        assert!(boxes.len() > 3, "{}", boxes.len());
        form.fields.retain(|(name, _)| name != "fact");
        steward.send(&form, "").await.expect(422).says("Tick at least one");
        form.fields.extend(boxes[..3].iter().map(|one| ("fact".to_owned(), one.clone())));
        form.fill(&[
            ("source_title", "The treaty’s text"),
            ("source_url", "nowhere"),
            ("read_on", "2999-01-01"),
        ]);
        let refused = steward.send(&form, "").await.expect(422);
        let refused = refused.says("is not a web address").says("lies in the future");
        let tags = refused.page().tags;
        let boxes_now = tags.iter().filter(|tag| tag.get("name") == Some("fact"));
        let ticked = boxes_now.filter(|tag| tag.get("checked").is_some()).count();
        assert_eq!(ticked, 3, "what was ticked is still ticked");
        form.fill(&[("source_url", "https://depositary.example/text"), ("read_on", "2026-11-20")]);
        let moved = steward.send(&form, "").await.moved();
        steward.get(&moved).await.expect(200).says("Published as checked").says("Provisions (128)");
        world.stranger().get("/changes").await.expect(200).says("The treaty’s text");
        assert_eq!(world.store.head().await.unwrap().edition, 2, "one edition for all three");
        // The same boxes again: they changed meanwhile, and nothing of the others is written either.
        form.fields.push(("fact".to_owned(), boxes[3].clone()));
        steward.send(&form, "").await.expect(409).says("One of them changed while you read");
        assert_eq!(world.store.head().await.unwrap().edition, 2);
        // All of it, page by page.
        let mut path = "/desk/record/unchecked".to_owned();
        let mut seen = 0;
        loop {
            let page = steward.get(&path).await.expect(200).page();
            seen += page.tags.iter().filter(|tag| tag.get("name") == Some("fact")).count();
            match page.links().into_iter().find(|link| link.contains("after=")) {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(seen, 24 + 128 + 15 + 352);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_seen_taken_or_declined_and_nobody_learns_whose_it_was() {
    each_engine("a_proposal_is_seen_taken_or_declined", async |world| {
        let (steward, researcher) = (world.sign_in(Who::Steward).await, world.sign_in(Who::Researcher).await);
        let mut form = form_of(&researcher, "/desk/record/new/actions", "/desk/record/actions").await;
        assert!(form.value("checked_on").is_none(), "that it was checked is not theirs to say");
        form.fill(ACCESSION);
        form.fill(&[("done", "2026-02-31")]);
        researcher.send(&form, "propose").await.expect(422).says("There is no such day");
        form.fill(&[("done", "2026-02-03")]);
        assert_eq!(researcher.send(&form, "propose").await.moved(), "/desk/record/proposals?done=proposed");
        let path = "/desk/record/provisions/budapest/2";
        let outsider = world.sign_in(Who::Outsider).await;
        let seen = form_of(&outsider, path, path).await.value("seen").unwrap().to_owned();
        let end = [("do", "propose-end"), ("end_reason", "No such article"), ("seen", seen.as_str())];
        outsider.post(path, &end).await.expect(303);
        outsider.get("/desk/record/proposals").await.expect(200).never_says("India acceded");

        let list = steward.get("/desk/record/proposals").await.expect(200);
        let list =
            list.says("India acceded, by the made-up list").says("Silent Heron").says("No such article");
        let list = list.never_says(Who::Researcher.email());
        let links: Vec<String> =
            list.page().links().into_iter().filter(|link| link.contains("proposal=")).collect();
        assert_eq!(links.len(), 2);
        // Only who made it or decides opens it.
        researcher.get(&links[0]).await.expect(200);
        outsider.get(&links[0]).await.expect(404);
        let mut form = form_of(&steward, &links[0], "/desk/record/actions").await;
        assert_eq!(form.value("country"), Some("India"));
        form.fill(&[("reason", "India acceded")]);
        steward.send(&form, "change").await.expect(303);
        let own = researcher.get("/desk/record/proposals").await.expect(200).says("taken, in edition 2");
        own.never_says(Who::Steward.email());
        steward.send(&form, "change").await.expect(422).says("stands on record already");

        let decline =
            list.page().forms.into_iter().rfind(|form| form.action.contains("/proposals/")).unwrap();
        steward.send(&decline, "").await.expect(422);
        let mut decline = decline;
        let field = decline.fields.iter().find(|(name, _)| name.starts_with("reason.")).unwrap().0.clone();
        decline.fill(&[(&field, "Article 2 is on illegal access")]);
        assert_eq!(steward.send(&decline, "").await.moved(), "/desk/record/proposals?done=declined");
        steward.send(&decline, "").await.expect(409).says("Decided already");
        let own = outsider.get("/desk/record/proposals").await.expect(200).says("declined");
        own.says("Why not: Article 2 is on illegal access");
        let public = world.stranger().get("/changes").await.expect(200);
        public.never_says("No such article").never_says("Silent Heron");
    })
    .await;
}

#[tokio::test]
async fn a_form_is_carried_through_the_sign_in() {
    each_engine("a_form_is_carried_through_the_sign_in", async |world| {
        let researcher = world.sign_in(Who::Researcher).await;
        let mut form = form_of(&researcher, "/desk/record/new/actions", "/desk/record/actions").await;
        form.fill(ACCESSION);
        researcher.set_cookie(None);
        let page = researcher.send(&form, "propose").await.expect(401);
        let mut sign_in = page.page().form("/sign-in");
        sign_in.fill(&[("email", Who::Researcher.email()), ("password", crate::support::PASSWORD)]);
        assert_eq!(researcher.send(&sign_in, "").await.moved(), "/desk/record/proposals?done=proposed");
        assert_eq!(world.dump("desk_proposal").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn facts_are_worked_on_as_the_rights_say_cell_by_cell() {
    each_engine("facts_are_worked_on_as_the_rights_say_cell_by_cell", async |world| {
        let path = "/desk/record/provisions/budapest/2";
        let mut cells = 0;
        for who in
            [Who::Researcher, Who::Analyst, Who::FirstReviewer, Who::Manager, Who::Steward, Who::Outsider]
        {
            let member = world.sign_in(who).await;
            let may = |action| may_on_facts(who.role(), action);
            let mut check = |what: &str, action, status: u16, allowed: u16| {
                cells += 1;
                let expected = if may(action) { allowed } else { 403 };
                assert_eq!(status, expected, "{who:?} {what}");
            };
            let reads = ["/desk/record", "/desk/record/unchecked", "/desk/record/proposals", path];
            for read in reads {
                check(read, FactAction::See, member.get(read).await.status.as_u16(), 200);
            }
            for kind in FactKind::ALL {
                for read in ["/desk/record/", "/desk/record/new/"] {
                    let read = format!("{read}{}", kind.slug());
                    check(&read, FactAction::See, member.get(&read).await.status.as_u16(), 200);
                }
                // Without a word in it a form is refused for what it lacks: who may is told so, who may not nothing.
                let add = format!("/desk/record/{}", kind.slug());
                for (act, action) in [("change", FactAction::Change), ("propose", FactAction::Propose)] {
                    let status = member.post(&add, &[("do", act)]).await.status.as_u16();
                    check(&format!("{add} {act}"), action, status, 422);
                }
            }
            for (act, action) in [
                ("change", FactAction::Change),
                ("end", FactAction::Change),
                ("propose", FactAction::Propose),
                ("propose-end", FactAction::Propose),
            ] {
                check(act, action, member.post(path, &[("do", act)]).await.status.as_u16(), 422);
            }
            let status = member.post("/desk/record/unchecked", &[]).await.status.as_u16();
            check("checks", FactAction::Check, status, 422);
            let decline = member.post("/desk/record/proposals/none", &[("reason", "x")]).await;
            check("declines", FactAction::Decide, decline.status.as_u16(), 404);
        }
        assert!(cells > 200, "{cells}");
        assert_eq!(world.store.head().await.unwrap().edition, 1, "and nothing was changed");
    })
    .await;
}

#[tokio::test]
async fn pages_of_facts_ask_a_constant_number_of_times() {
    each_engine("pages_of_facts_ask_a_constant_number_of_times", async |world| {
        let steward = world.sign_in(Who::Steward).await;
        steward.get("/desk/record/actions").await.expect(200);
        let asked = async |path: &str| {
            let (answer, count) = counted(steward.get(path)).await;
            let rows = answer.expect(200).body.len();
            println!("{path}: {count} statements, {rows} bytes");
            count
        };
        let many = asked("/desk/record/actions?treaty=iccpr").await;
        assert_eq!(many, asked("/desk/record/actions?treaty=iccpr-op1").await);
        assert_eq!(
            asked("/desk/record/unchecked").await,
            asked("/desk/record/unchecked?kind=treaties").await
        );
        for path in
            ["/desk/record", "/desk/record/actions", "/desk/record/unchecked", "/desk/record/areas/BRA"]
        {
            let count = asked(path).await;
            assert!((1..=6).contains(&count), "{path}: {count}");
        }
    })
    .await;
}
