//! The rights, cell by cell: every role, relation, action, set of facts and way in, against the running application.
//! What it answers is what `domain::rights::may` says.

use domain::blur::How;
use domain::rights::{Action, Facts, Relation, Role, may};
use sqlx::Row;
use store::desk::{Case, SealingKey, note_hash};

use crate::support::{Answer, Member, Published, Who, World, each_engine};

/// One of each role.
const MEMBERS: [Who; 5] = [Who::Researcher, Who::Analyst, Who::FirstReviewer, Who::Manager, Who::Steward];

/// A state that a case is put into before it is asked.
#[derive(Clone, Debug)]
struct Cell {
    who: Who,
    relation: Relation,
    action: Action,
    facts: Facts,
}

/// The facts that an action's rule could look at.
fn facts_for(action: Action) -> Vec<Facts> {
    let none = Facts::default();
    let verified = Facts { stands_verified: true, ..none };
    match action {
        Action::Submit => {
            let submitted = Facts { submitted_this_version: true, ..none };
            vec![none, Facts { analysis_alone: true, ..none }, submitted]
        }
        Action::RequestChanges | Action::Verify | Action::Edit | Action::EditAnalysis => {
            vec![
                none,
                Facts { changed_this_version: true, ..none },
                Facts { submitted_this_version: true, ..none },
            ]
        }
        Action::Publish => vec![
            none,
            verified,
            Facts { submitted_this_version: true, ..verified },
            Facts { changed_this_version: true, ..verified },
            Facts { verified_this_version: true, ..verified },
        ],
        Action::SealedNotes => vec![none, Facts { notes_shared: true, ..none }],
        Action::Retract | Action::Dispute => vec![none, Facts { submitted_this_version: true, ..none }],
        Action::Restore | Action::PublishReply | Action::Redact | Action::Erase => {
            vec![none, Facts { first_of_two: true, ..none }]
        }
        _ => vec![none],
    }
}

/// The ways in to an action; none for what has no route.
fn ways(action: Action) -> &'static [&'static str] {
    match action {
        Action::List => &["list"],
        Action::See => &["form", "analysis", "review", "evidence"],
        Action::Originals => &["export"],
        Action::SealedNotes => &["sealed page", "reveal", "seal"],
        Action::ShareNotes => &["share-notes"],
        Action::HandOver => &["hand-over"],
        Action::Edit => {
            &["save", "autosave", "upload", "blur page", "blur", "may-stay", "forget", "not the same"]
        }
        Action::EditAnalysis => &["save analysis", "autosave analysis", "correct"],
        Action::Submit => &["submit", "submit analysis"],
        Action::HandToPartner => &["partner"],
        Action::RequestChanges => &["request-changes"],
        Action::Verify => &["verify"],
        Action::Publish => &["publish", "schedule"],
        Action::Comment => &["comment"],
        Action::Unschedule => &["unschedule"],
        Action::Dispute => &["dispute", "lift-dispute"],
        Action::Retract => &["retract"],
        Action::Restore => &["restore"],
        Action::Hide => &["hide"],
        Action::AnswerReply => &["reply", "reply contact", "reply answer"],
        Action::PublishReply => &["reply publish"],
        Action::Ask => &["ask", "withdrawals page"],
        Action::Redact => &["confirm redact"],
        Action::Erase => &["confirm erase"],
    }
}

/// Puts the case into the cell's state, past the store: no way in can be trusted to before it is tested.
async fn arrange(world: &World, case: &str, cell: &Cell, way: &str) {
    let (me, other) = (id_of(world, cell.who).await, id_of(world, Who::SecondReviewer).await);
    let by = |mine: bool| if mine { me.clone() } else { other.clone() };
    let is_elsewhere = matches!(cell.relation, Relation::Partner | Relation::Other);
    let organisation = if is_elsewhere { Who::Outsider } else { Who::Researcher };
    let (public, working) = match (cell.action, way) {
        (
            Action::Retract
            | Action::Hide
            | Action::Dispute
            | Action::Redact
            | Action::Erase
            | Action::AnswerReply
            | Action::PublishReply,
            _,
        )
        | (_, "correct") => ("published", None),
        (Action::Restore, _) => ("withheld", None),
        (Action::RequestChanges | Action::Verify, _) => ("none", Some("submitted")),
        (Action::Publish, _) => {
            ("none", Some(if cell.facts.stands_verified { "verified" } else { "submitted" }))
        }
        (Action::Edit | Action::EditAnalysis, _) if cell.facts.submitted_this_version => {
            ("none", Some("submitted"))
        }
        _ => ("none", Some("draft")),
    };
    // A partner sees what waits for review, and nothing before or after.
    let waits = matches!(working, Some("submitted" | "verified"));
    let working = if cell.relation == Relation::Partner && !waits { Some("submitted") } else { working };
    sqlx::query(
        "UPDATE desk_case SET organisation = (SELECT organisation FROM desk_membership WHERE member = $2), entrant = $3, \
         handed_to = $4, public_state = $5, hidden_by = $6, working_state = $7, submitted_by = $8, verified_by = $9, \
         verified_hash = $10, notes_shared = $11 WHERE id = $1",
    )
    .bind(case.to_owned())
    .bind(id_of(world, organisation).await)
    .bind(by(cell.relation == Relation::Entrant))
    .bind((cell.relation == Relation::HandedOver).then(|| me.clone()))
    .bind(public)
    .bind((public == "withheld").then(|| by(cell.facts.first_of_two)))
    .bind(working)
    .bind((working != Some("draft") && working.is_some()).then(|| by(cell.facts.submitted_this_version)))
    .bind((working == Some("verified")).then(|| by(cell.facts.verified_this_version)))
    .bind((working == Some("verified")).then(|| String::from("to be set")))
    .bind(i64::from(cell.facts.notes_shared))
    .execute(&world.raw)
    .await
    .unwrap();
    let partner = "UPDATE desk_case SET partner = (SELECT organisation FROM desk_membership WHERE member = $2) WHERE id = $1";
    let lent = (cell.relation == Relation::Partner).then(|| me.clone());
    sqlx::query(partner).bind(case.to_owned()).bind(lent).execute(&world.raw).await.unwrap();
    for forget in [
        "DELETE FROM desk_case_change WHERE case_id = $1",
        "DELETE FROM desk_sealed_note WHERE case_id = $1",
        "DELETE FROM record_withheld WHERE incident = $1",
        "DELETE FROM record_dispute WHERE id = $1",
        "DELETE FROM desk_schedule WHERE case_id = $1",
        "DELETE FROM desk_withdrawal WHERE case_id = $1",
    ] {
        sqlx::query(forget).bind(case.to_owned()).execute(&world.raw).await.unwrap();
    }
    // The version that was published differs by more than the analysis, or not at all.
    let published = "UPDATE desk_case_version SET draft = (SELECT CASE WHEN CAST($2 AS BIGINT) = 1 THEN working \
                     ELSE REPLACE(working, '\"outcome\":\"', '\"outcome\":\"Another. ') END \
                     FROM desk_case WHERE id = $1) WHERE case_id = $1 AND step = 'published'";
    let alone = i64::from(cell.facts.analysis_alone);
    sqlx::query(published).bind(case.to_owned()).bind(alone).execute(&world.raw).await.unwrap();
    for unblur in [
        "DELETE FROM desk_blur WHERE case_id = $1",
        "UPDATE desk_case SET working = REPLACE(working, '\"start\":\"2016-05\"', '\"start\":\"2016-05-02\"') \
         WHERE id = $1",
    ] {
        sqlx::query(unblur).bind(case.to_owned()).execute(&world.raw).await.unwrap();
    }
    let handed_in = "UPDATE desk_case_version SET made_by = $2 WHERE case_id = $1 AND step = 'submitted'";
    let submitter = by(cell.facts.submitted_this_version);
    sqlx::query(handed_in).bind(case.to_owned()).bind(submitter).execute(&world.raw).await.unwrap();
    if cell.facts.changed_this_version {
        let mark = "INSERT INTO desk_case_change (case_id, version, member) SELECT id, version, CAST($2 AS TEXT) \
                    FROM desk_case WHERE id = $1";
        sqlx::query(mark).bind(case.to_owned()).bind(me.clone()).execute(&world.raw).await.unwrap();
    }
    let begun = "INSERT INTO desk_withdrawal (id, case_id, act, field, reason, asked_by, asked_at, begun_by, begun_at) \
                 VALUES ('waits', $1, $2, 'outcome', 'x', $3, '', $3, '')";
    let dispute = "INSERT INTO record_dispute (version_id, id, edition_from, edition_to, said_by, reason) \
                   VALUES ('stands', $1, 1, 9223372036854775807, 'x', 'x')";
    let schedule =
        "INSERT INTO desk_schedule (case_id, due, member, hash, made_at) VALUES ($1, '9', $2, '', '')";
    match (cell.action, way) {
        (Action::Redact | Action::Erase, _) => {
            let act = if cell.action == Action::Redact { "redact" } else { "erase" };
            let first = by(cell.facts.first_of_two);
            sqlx::query(begun).bind(case.to_owned()).bind(act).bind(first).execute(&world.raw).await.unwrap();
        }
        (_, "lift-dispute") => {
            sqlx::query(dispute).bind(case.to_owned()).execute(&world.raw).await.unwrap();
        }
        (Action::Unschedule, _) => {
            sqlx::query(schedule)
                .bind(case.to_owned())
                .bind(other.clone())
                .execute(&world.raw)
                .await
                .unwrap();
        }
        _ => {}
    }
    let prepared = cell.action == Action::PublishReply;
    let reply = "UPDATE desk_reply SET state = $2, prepared = $3, prepared_by = $4 WHERE case_id = $1";
    sqlx::query(reply)
        .bind(case.to_owned())
        .bind(if prepared { "prepared" } else { "waiting" })
        .bind(prepared.then_some(PREPARED))
        .bind(prepared.then(|| by(cell.facts.first_of_two)))
        .execute(&world.raw)
        .await
        .unwrap();
    let seen = as_it_stands(world, case).await.draft_hash().unwrap();
    let hash = "UPDATE desk_case SET verified_hash = $2 WHERE id = $1 AND verified_hash IS NOT NULL";
    sqlx::query(hash).bind(case.to_owned()).bind(seen).execute(&world.raw).await.unwrap();
}

/// A day that was blurred and that a text still says, for the ways in that answer for it or forget it; its id.
async fn blurred(world: &World, case: &str) -> String {
    let reviewer =
        store::desk::Member { id: id_of(world, Who::SecondReviewer).await, ..reviewer_of(world, case).await };
    let month = How::Month;
    world
        .store
        .blur(&reviewer, case, "start", &month, &SealingKey::new([7; 32]), jiff::Timestamp::now())
        .await
        .unwrap();
    let row = sqlx::query("SELECT id FROM desk_blur WHERE case_id = $1").bind(case.to_owned());
    let blur: String = row.fetch_one(&world.raw).await.unwrap().try_get(0).unwrap();
    let mention = "INSERT INTO desk_blur_mention (blur, field, text_hash) VALUES ($1, 'narrative', 'x')";
    sqlx::query(mention).bind(blur.clone()).execute(&world.raw).await.unwrap();
    blur
}

/// The reference of another incident.
async fn another(world: &World, case: &str) -> String {
    let sql = "SELECT reference FROM record_incident WHERE id <> $1 ORDER BY reference LIMIT 1";
    let row = sqlx::query(sql).bind(case.to_owned()).fetch_one(&world.raw).await;
    row.unwrap().try_get(0).unwrap()
}

async fn id_of(world: &World, who: Who) -> String {
    let row = sqlx::query("SELECT id FROM desk_member WHERE email = $1")
        .bind(who.email())
        .fetch_one(&world.raw)
        .await;
    row.unwrap().try_get(0).unwrap()
}

/// The case, as a reviewer of whatever organisation it belongs to sees it.
async fn as_it_stands(world: &World, case: &str) -> Case {
    world.store.case(&reviewer_of(world, case).await, case).await.unwrap().0
}

async fn reviewer_of(world: &World, case: &str) -> store::desk::Member {
    let owner = "SELECT organisation FROM desk_case WHERE id = $1";
    let row = sqlx::query(owner).bind(case.to_owned()).fetch_one(&world.raw).await.unwrap();
    store::desk::Member { organisation: row.try_get(0).unwrap(), ..nobody() }
}

/// A reviewer who is nobody.
fn nobody() -> store::desk::Member {
    store::desk::Member {
        id: String::from("nobody"),
        email: String::new(),
        organisation: String::new(),
        organisation_name: String::new(),
        role: Role::Reviewer,
        is_trial: true,
        has_second_factor: false,
    }
}

/// An answer that takes two persons.
const PREPARED: &str = r#"{"outcome":"declined","words":"","party":"","reason":"Made up.","edition":null}"#;

/// Asks by way of the case's reply.
async fn ask_of_reply(world: &World, member: &Member, way: &str) -> Answer {
    let path = format!("/desk/replies/{}", world.replies().await[0]);
    let seen = domain::stored::content_hash(PREPARED);
    match way {
        "reply" => member.get(&path).await,
        "reply contact" => member.post(&path, &[("do", "contact")]).await,
        "reply answer" => {
            member.post(&path, &[("do", "answer"), ("outcome", "declined"), ("reason", "Made up.")]).await
        }
        _ => member.post(&path, &[("do", "publish"), ("seen", &seen)]).await,
    }
}

async fn ask(world: &World, member: &Member, case: &str, way: &str) -> Answer {
    let at = |rest: &str| format!("/desk/cases/{case}{rest}");
    let stands = as_it_stands(world, case).await;
    let (revision, seen) = (stands.revision.to_string(), stands.draft_hash().unwrap());
    // The title changes with each save.
    let title = format!("Made-up {}", jiff::Timestamp::now().as_nanosecond());
    let fields = [("revision", revision.as_str()), ("title", &title)];
    let analysis = [
        ("revision", revision.as_str()),
        ("findings.0.body", &title),
        ("findings.0.kind", "national-court"),
        ("findings.0.result", "Made up for this test."),
    ];
    match way {
        // What a partner handed over stands on the first page, not among one's own cases.
        "list" if stands.partner.is_some() => member.get("/desk").await,
        "list" => member.get("/desk/cases").await,
        "form" => member.get(&at("")).await,
        "review" => member.get(&at("/review")).await,
        "evidence" => member.get(&at("/evidence")).await,
        "export" => member.post(&at("/export"), &[]).await,
        "upload" => {
            let upload = member.ask(axum::http::Method::POST, &at("/evidence")).sent_by_our_page();
            upload.files(&[("made-up.txt", b"x")]).send().await
        }
        "sealed page" => member.get(&at("/sealed")).await,
        "reveal" => member.post(&at("/sealed"), &[("do", "reveal")]).await,
        "seal" => {
            member.post(&at("/sealed"), &[("do", "save"), ("note", "x"), ("seen", &note_hash(""))]).await
        }
        "save" => member.post(&at(""), &fields).await,
        "autosave" => member.post(&at("/autosave"), &fields).await,
        "analysis" => member.get(&at("/analysis")).await,
        "save analysis" => member.post(&at("/analysis"), &analysis).await,
        "autosave analysis" => member.post(&at("/analysis/autosave"), &analysis).await,
        "submit analysis" => {
            member.post(&at("/analysis"), &[("do", "submit"), ("revision", &revision)]).await
        }
        "blur page" => member.get(&at("/blur")).await,
        "blur" => member.post(&at("/blur"), &[("do", "month"), ("field", "start")]).await,
        "may-stay" => {
            let blur = blurred(world, case).await;
            let answer = [("blur", blur.as_str()), ("field", "narrative"), ("reason.x", "It is known.")];
            member.post(&at("/blur"), &[&[("do", "may-stay")][..], &answer].concat()).await
        }
        "forget" => {
            let blur = blurred(world, case).await;
            member.post(&at("/blur"), &[("do", "forget"), ("blur", &blur)]).await
        }
        "not the same" => {
            let what = format!("not-the-same {}", another(world, case).await);
            member.post(&at(""), &[("do", &what), ("revision", &revision)]).await
        }
        "submit" => member.post(&at(""), &[("do", "submit"), ("revision", &revision)]).await,
        "partner" if stands.partner.is_some() => member.post(&at("/partner"), &[]).await,
        "partner" => {
            let far = store::desk::Member { organisation: stands.organisation.clone(), ..nobody() };
            let partners = world.store.partners(&far).await.unwrap();
            let partner = partners.first().map_or("none", |partner| partner.organisation.as_str());
            member.post(&at("/partner"), &[("partner", partner)]).await
        }
        way if way.starts_with("reply") => ask_of_reply(world, member, way).await,
        "comment" => member.post(&at("/comments"), &[("do", "comment"), ("body", "x")]).await,
        "ask" => {
            let fields = [("do", "ask"), ("act", "erase"), ("reason", "x")];
            member.post(&at("/withdrawals"), &fields).await
        }
        "withdrawals page" => member.get(&at("/withdrawals")).await,
        "confirm redact" | "confirm erase" => {
            member.post(&at("/withdrawals"), &[("do", "confirm"), ("withdrawal", "waits")]).await
        }
        step => {
            let more = [("day", "2999-12-31"), ("time", "09:30"), ("said_by", "x")];
            let fields = [("reason", "x"), ("seen", seen.as_str())];
            member.post(&at(&format!("/{step}")), &[&fields[..], &more[..]].concat()).await
        }
    }
}

/// What the application must answer.
fn expected(cell: &Cell, way: &str) -> u16 {
    let role = cell.who.role();
    let lists = may(role, cell.relation, Action::List, cell.facts);
    // A form saves before it submits, so both are asked for.
    let also = match (cell.action, way) {
        (Action::Submit, "submit") => Action::Edit,
        (Action::Submit, _) => Action::EditAnalysis,
        (action, _) => action,
    };
    if may(role, cell.relation, cell.action, cell.facts) && may(role, cell.relation, also, cell.facts) {
        // A partner publishes now or not at all.
        if way == "schedule" && cell.relation == Relation::Partner {
            return 403;
        }
        // A partner has the review page alone.
        if ["form", "analysis"].contains(&way) && cell.relation == Relation::Partner {
            return 303;
        }
        return if matches!(
            way,
            "list"
                | "form"
                | "analysis"
                | "review"
                | "evidence"
                | "export"
                | "sealed page"
                | "reveal"
                | "autosave"
                | "autosave analysis"
                | "blur page"
                | "reply"
                | "reply contact"
                | "withdrawals page"
        ) {
            200
        } else {
            303
        };
    }
    if lists { 403 } else { 404 }
}

#[tokio::test]
async fn the_running_application_agrees_with_the_table() {
    each_engine("the_running_application_agrees_with_the_table", async |world| {
        let people = world.desk().await;
        let published = async || {
            let Published { id, reference } = people.published(&[]).await;
            let fields = [("kind", "correction"), ("text", "The day is made up.")];
            world.stranger().post(&format!("/incidents/{reference}/reply"), &fields).await.expect(303);
            id
        };
        let mut id = published().await;
        let partnership = "INSERT INTO desk_partnership (id, organisation, partner_slug, named_by, named_at, accepted_at) \
             SELECT 'made-up', organisation, 'far-lighthouse', member, 'then', 'then' FROM desk_membership WHERE member = $1";
        let researcher = id_of(world, Who::Researcher).await;
        sqlx::query(partnership).bind(researcher).execute(&world.raw).await.unwrap();
        let mut asked = 0;
        let mut wrong = Vec::new();
        for who in MEMBERS {
            let member = world.sign_in(who).await;
            for relation in Relation::ALL {
                for action in Action::ALL {
                    for facts in facts_for(action) {
                        for way in ways(action) {
                            let cell = Cell { who, relation, action, facts };
                            arrange(world, &id, &cell, way).await;
                            let answer = ask(world, &member, &id, way).await;
                            let got = answer.status.as_u16();
                            asked += 1;
                            let right = if *way == "list" {
                                // Who may list anything gets the list; the case is on it or not.
                                let listed = answer.text().contains(&format!("/desk/cases/{id}"));
                                let may_list = |relation| may(who.role(), relation, Action::List, facts);
                                let lists = may_list(Relation::SameOrganisation);
                                // The first page opens to everybody.
                                let opens = lists || relation == Relation::Partner;
                                got == if opens { 200 } else { 403 } && listed == may_list(relation)
                            } else {
                                got == expected(&cell, way)
                            };
                            if action == Action::Erase && got == 303 {
                                id = published().await;
                            }
                            if !right {
                                wrong.push(format!("{cell:?} by {way}: {got}, not {}", expected(&cell, way)));
                            }
                        }
                    }
                }
            }
        }
        println!("{asked} cells");
        assert!(asked > 400, "{asked}");
        assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
        // Nobody is left out, and no action is without a way in.
        assert_eq!(MEMBERS.map(Who::role).len(), Role::ALL.len());
        assert!(Action::ALL.iter().all(|action| !ways(*action).is_empty()));
    })
    .await;
}
