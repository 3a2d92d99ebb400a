//! An organisation runs its members: links to join and to come back, roles, keeping out; and everybody their sessions.

use domain::membership::{MemberAction, Person, may_act_on};
use domain::rights::Role;

use crate::support::{Answer, Member, PASSWORD, Stranger, Who, World, each_engine};

const NEW_PASSWORD: &str = "lamp heron violet 28";

async fn invite(by: &Member, email: &str, role: &str) -> Answer {
    by.post("/desk/members/invite", &[("email", email), ("role", role)]).await
}

/// The path of the link that a page shows.
fn link(page: &Answer) -> String {
    let text = page.text();
    let (_, after) = text.split_once("http://localhost:3000/invitations/").expect("a link");
    let token: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 64, "256 bits");
    format!("/invitations/{token}")
}

async fn id_of(world: &World, email: &str) -> String {
    use sqlx::Row;
    let sql = "SELECT id FROM desk_member WHERE email = $1";
    sqlx::query(sql).bind(email.to_owned()).fetch_one(&world.raw).await.unwrap().try_get(0).unwrap()
}

async fn signs_in(browser: &Stranger, email: &str, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn somebody_joins_by_a_link_that_works_once() {
    each_engine("somebody_joins_by_a_link_that_works_once", async |world| {
        let manager = world.sign_in(Who::Manager).await;
        let page = invite(&manager, " New.Person@example.org ", "analyst").await.expect(200);
        let link = link(&page);
        assert_eq!(page.header("cache-control"), "no-store");
        // Shown this once: the list names the person, not the way in.
        let list = manager.get("/desk/members").await.expect(200).says("new.person@example.org");
        list.says("Invited as analyst").never_says(&link);
        let dump = world.dump("").await.join("\n");
        assert!(!dump.contains(link.trim_start_matches("/invitations/")), "only its hash is kept");

        let guest = world.stranger();
        let page = guest.get(&link).await.expect(200).says("You are invited to Silent Heron as analyst");
        assert_eq!(page.header("referrer-policy"), guest.get("/sign-in").await.header("referrer-policy"));
        guest.post(&link, &[("password", "short")]).await.expect(422).says("12 characters at least");
        guest
            .post(&link, &[("password", NEW_PASSWORD)])
            .await
            .expect(200)
            .says("You can sign in with it now");
        for again in [guest.get(&link).await, guest.post(&link, &[("password", NEW_PASSWORD)]).await] {
            again.expect(404).says("This link does not work");
        }
        assert_eq!(signs_in(&guest, "new.person@example.org", NEW_PASSWORD).await.moved(), "/desk");
        guest.get("/desk").await.expect(200).says("analyst, Silent Heron");
        let count = world.dump("desk_invitation").await.len();
        assert_eq!(count, 0, "a link that was used is gone");
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_and_can_be_taken_back() {
    each_engine("a_link_ends_and_can_be_taken_back", async |world| {
        let manager = world.sign_in(Who::Manager).await;
        let first = link(&invite(&manager, "guest@example.org", "researcher").await.expect(200));
        // Another invitation of the same person takes the place of the first.
        let second = link(&invite(&manager, "guest@example.org", "reviewer").await.expect(200));
        world.stranger().get(&first).await.expect(404);
        let page = manager.get("/desk/members").await.expect(200).page();
        let form = page.form("/desk/members/withdraw");
        // Nobody of another organisation takes it back, nor anybody without the role.
        for who in [Who::Outsider, Who::FirstReviewer, Who::Researcher, Who::Steward] {
            let hash = form.value("link").unwrap();
            world.sign_in(who).await.post("/desk/members/withdraw", &[("link", hash)]).await.expect(403);
        }
        world.stranger().get(&second).await.expect(200);
        assert_eq!(manager.send(&form, "").await.moved(), "/desk/members?done=withdrawn");
        world.stranger().get(&second).await.expect(404);
        assert_eq!(manager.send(&form, "").await.status, 404);

        let third = link(&invite(&manager, "guest@example.org", "reviewer").await.expect(200));
        let past = "UPDATE desk_invitation SET ends_at = '2020-01-01T00:00:00Z'";
        sqlx::query(past).execute(&world.raw).await.unwrap();
        world.stranger().get(&third).await.expect(404);
        world.stranger().post(&third, &[("password", NEW_PASSWORD)]).await.expect(404);
        manager.get("/desk/members").await.expect(200).never_says("guest@example.org");
    })
    .await;
}

#[tokio::test]
async fn bad_invitations_are_refused_in_words_with_what_was_typed() {
    each_engine("bad_invitations_are_refused_in_words_with_what_was_typed", async |world| {
        let manager = world.sign_in(Who::Manager).await;
        for (email, role, said) in [
            ("nobody", "researcher", "This is not an e-mail address"),
            ("a b@example.org", "researcher", "This is not an e-mail address"),
            ("x@example.org", "", "Choose one of the roles"),
            ("x@example.org", "king", "Choose one of the roles"),
            ("x@example.org", "steward", "Choose one of the roles"),
            (Who::Analyst.email(), "researcher", "belongs to a member already"),
        ] {
            let page = invite(&manager, email, role).await.expect(422).says(said);
            assert!(page.text().contains(email), "what was typed is still there: {email}");
        }
        assert!(world.dump("desk_invitation").await.is_empty());
        // Who is a member elsewhere is not told apart from who is nobody: the link is made, and does not open.
        let elsewhere = link(&invite(&manager, Who::Outsider.email(), "researcher").await.expect(200));
        world.stranger().post(&elsewhere, &[("password", NEW_PASSWORD)]).await.expect(404);
        world.sign_in(Who::Outsider).await.get("/desk").await.expect(200).says("Far Lighthouse");
        // An invitation typed while the session ended goes on after the sign-in.
        manager.set_cookie(None);
        let page = invite(&manager, "late@example.org", "analyst").await.expect(401);
        let mut form = page.page().form("/sign-in");
        form.fill(&[("email", Who::Researcher.email()), ("password", PASSWORD)]);
        manager.send(&form, "").await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn who_is_kept_out_is_out_at_once() {
    each_engine("who_is_kept_out_is_out_at_once", async |world| {
        let (manager, reviewer) =
            (world.sign_in(Who::Manager).await, world.sign_in(Who::FirstReviewer).await);
        let id = id_of(world, Who::FirstReviewer.email()).await;
        let back = manager.post(&format!("/desk/members/{id}/recover"), &[]).await.expect(200);
        reviewer.get("/desk").await.expect(200);
        let done = manager.post(&format!("/desk/members/{id}/disable"), &[]).await.moved();
        manager.get(&done).await.expect(200).says("They are kept out").says("kept out");
        assert_eq!(reviewer.get("/desk").await.moved(), "/sign-in");
        world.stranger().get(&link(&back)).await.expect(404);
        // Like somebody who does not exist, in words and status.
        let stranger = world.stranger();
        let theirs = signs_in(&stranger, Who::FirstReviewer.email(), PASSWORD).await.expect(422);
        let nobodys = signs_in(&stranger, "nobody@example.org", PASSWORD).await.expect(422);
        assert_eq!(
            theirs.words().matches("do not fit").count(),
            nobodys.words().matches("do not fit").count()
        );
        assert_eq!(manager.post(&format!("/desk/members/{id}/recover"), &[]).await.moved(), "/desk/members");
        manager.post(&format!("/desk/members/{id}/enable"), &[]).await.expect(303);
        assert_eq!(reviewer.get("/desk").await.moved(), "/sign-in", "an ended session stays ended");
        world.sign_in(Who::FirstReviewer).await.get("/desk").await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn another_role_holds_at_once_and_needs_a_new_session() {
    each_engine("another_role_holds_at_once_and_needs_a_new_session", async |world| {
        let (manager, analyst) = (world.sign_in(Who::Manager).await, world.sign_in(Who::Analyst).await);
        let id = id_of(world, Who::Analyst.email()).await;
        let path = format!("/desk/members/{id}/role");
        manager.post(&path, &[("role", "steward")]).await.expect(403);
        manager.post(&path, &[("role", "king")]).await.expect(422).says("Choose one of the roles");
        analyst.get("/desk").await.expect(200).says("analyst");
        // As the page's own form sends it.
        let field = format!("role.{id}");
        assert_eq!(manager.post(&path, &[(&field, "reviewer")]).await.moved(), "/desk/members?done=role");
        assert_eq!(analyst.get("/desk").await.moved(), "/sign-in");
        world.sign_in(Who::Analyst).await.get("/desk").await.expect(200).says("reviewer, Silent Heron");
    })
    .await;
}

#[tokio::test]
async fn a_manager_who_is_one_no_more_does_not_come_back_by_a_link_of_their_own() {
    each_engine("a_manager_who_is_one_no_more", async |world| {
        let first = world.sign_in(Who::Manager).await;
        let id = id_of(world, Who::Analyst.email()).await;
        first.post(&format!("/desk/members/{id}/role"), &[("role", "manager")]).await.expect(303);
        let second = world.sign_in(Who::Analyst).await;
        for act in ["role", "disable"] {
            let made = link(&invite(&second, "back-door@example.org", "reviewer").await.expect(200));
            world.stranger().get(&made).await.expect(200);
            first.post(&format!("/desk/members/{id}/{act}"), &[("role", "analyst")]).await.expect(303);
            world.stranger().get(&made).await.expect(404);
            if act == "role" {
                first.post(&format!("/desk/members/{id}/role"), &[("role", "manager")]).await.expect(303);
                second.set_cookie(world.sign_in(Who::Analyst).await.cookie());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_a_link_of_the_manager_or_the_operator() {
    each_engine("a_forgotten_password_is_chosen_anew", async |world| {
        let (manager, before) = (world.sign_in(Who::Manager).await, world.sign_in(Who::Researcher).await);
        let id = id_of(world, Who::Researcher.email()).await;
        let page = manager.post(&format!("/desk/members/{id}/recover"), &[]).await.expect(200);
        before.get("/desk").await.expect(200);
        let stranger = world.stranger();
        stranger.get(&link(&page)).await.expect(200).says("Choose a new password");
        stranger.post(&link(&page), &[("password", NEW_PASSWORD)]).await.expect(200);
        assert_eq!(before.get("/desk").await.moved(), "/sign-in", "their sessions ended");
        signs_in(&stranger, Who::Researcher.email(), PASSWORD).await.expect(422);
        assert_eq!(signs_in(&stranger, Who::Researcher.email(), NEW_PASSWORD).await.moved(), "/desk");

        let now = jiff::Timestamp::now();
        let token = world.store.recover_by_email(" OLU@silent-heron.example", now).await.unwrap();
        let path = format!("/invitations/{token}");
        world.stranger().post(&path, &[("password", NEW_PASSWORD)]).await.expect(200);
        assert_eq!(manager.get("/desk").await.moved(), "/sign-in");
        assert_eq!(signs_in(&world.stranger(), Who::Manager.email(), NEW_PASSWORD).await.moved(), "/desk");
        assert!(world.store.verify_audit().await.unwrap().is_ok(), "the log is whole");
    })
    .await;
}

#[tokio::test]
async fn everybody_sees_and_ends_their_own_sessions_and_nobody_elses() {
    each_engine("everybody_sees_and_ends_their_own_sessions", async |world| {
        let (here, there) = (world.sign_in(Who::Researcher).await, world.sign_in(Who::Researcher).await);
        let other = world.sign_in(Who::OtherResearcher).await;
        let page = here.get("/desk/account").await.expect(200).says("This is the one you use now");
        assert_eq!(page.words().matches("End this session").count(), 1);
        let form = page.page().form("/desk/account/sessions");
        let hash = form.value("session").unwrap().to_owned();
        let theirs = [("do", "end"), ("session", hash.as_str())];
        other.post("/desk/account/sessions", &theirs).await.expect(404);
        there.get("/desk").await.expect(200);
        let done = here.post("/desk/account/sessions", &theirs).await.moved();
        here.get(&done).await.expect(200).says("The session is ended");
        assert_eq!(there.get("/desk").await.moved(), "/sign-in");

        let again = world.sign_in(Who::Researcher).await;
        here.post("/desk/account/sessions", &[("do", "others")]).await.expect(303);
        assert_eq!(again.get("/desk").await.moved(), "/sign-in");
        here.get("/desk").await.expect(200);
        other.get("/desk").await.expect(200);
        world.store.end_sessions(None, jiff::Timestamp::now()).await.unwrap();
        for member in [&here, &other] {
            assert_eq!(member.get("/desk").await.moved(), "/sign-in", "the operator ended all");
        }
    })
    .await;
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it() {
    each_engine("a_password_is_changed_by_who_knows_it", async |world| {
        let (here, there) = (world.sign_in(Who::Analyst).await, world.sign_in(Who::Analyst).await);
        let change = async |current: &str, new: &str| {
            here.post("/desk/account/password", &[("current", current), ("new", new)]).await
        };
        change("a wrong guess of it", NEW_PASSWORD).await.expect(422).says("This is not your password");
        let page = change(PASSWORD, "password1234").await.expect(422);
        page.never_says("password1234").never_says(PASSWORD);
        there.get("/desk").await.expect(200);
        assert_eq!(change(PASSWORD, NEW_PASSWORD).await.moved(), "/desk/account?done=password");
        here.get("/desk").await.expect(200);
        assert_eq!(there.get("/desk").await.moved(), "/sign-in", "other sessions ended");
        signs_in(&world.stranger(), Who::Analyst.email(), PASSWORD).await.expect(422);
        assert_eq!(signs_in(&world.stranger(), Who::Analyst.email(), NEW_PASSWORD).await.moved(), "/desk");
        // A session that ended does not carry a password through the sign-in.
        here.set_cookie(None);
        assert_eq!(change(NEW_PASSWORD, PASSWORD).await.moved(), "/sign-in");
        // Guessing at it is counted as trying to sign in is.
        let guesser = world.sign_in(Who::SecondReviewer).await;
        let guess = [("current", "guess after guess"), ("new", NEW_PASSWORD)];
        let mut last = 0;
        for _ in 0..12 {
            last = guesser.post("/desk/account/password", &guess).await.status.as_u16();
        }
        assert_eq!(last, 429);
    })
    .await;
}

#[tokio::test]
async fn members_are_run_as_the_rights_say_cell_by_cell() {
    each_engine("members_are_run_as_the_rights_say_cell_by_cell", async |world| {
        let people =
            [Who::Researcher, Who::Analyst, Who::FirstReviewer, Who::Manager, Who::Steward, Who::Outsider];
        let elsewhere = id_of(world, Who::Outsider.email()).await;
        for who in people {
            let member = world.sign_in(who).await;
            let listed = may_act_on(who.role(), Person::SameOrganisation, MemberAction::List, &[]);
            let status = member.get("/desk/members").await.status.as_u16();
            assert_eq!(status == 200, listed, "{who:?} lists");
            for role in Role::ALL {
                let allowed =
                    may_act_on(who.role(), Person::SameOrganisation, MemberAction::Invite, &[*role]);
                let status = invite(&member, "cell@example.org", role.slug()).await.status.as_u16();
                assert_eq!(status == 200, allowed, "{who:?} invites a {role:?}: {status}");
            }
            // On colleagues of each role, on oneself, on somebody of another organisation. Asked for what changes
            // nothing where it is allowed, so that every cell finds the same people.
            let mut targets = vec![(elsewhere.clone(), Person::Other, Role::Reviewer)];
            for target in [Who::OtherResearcher, Who::SecondReviewer, Who::Steward, who] {
                let person = match target {
                    _ if target == who => Person::Oneself,
                    _ if who == Who::Outsider => Person::Other,
                    _ => Person::SameOrganisation,
                };
                targets.push((id_of(world, target.email()).await, person, target.role()));
            }
            for (id, person, role) in targets {
                if who == Who::Outsider && person == Person::Other && id == elsewhere {
                    continue;
                }
                let asked = [
                    ("role", MemberAction::SetRole),
                    ("enable", MemberAction::Disable),
                    ("recover", MemberAction::Recover),
                ];
                for (act, action) in asked {
                    // Only the first of them reads it.
                    let fields = [("role", role.slug())];
                    let answer = member.post(&format!("/desk/members/{id}/{act}"), &fields).await;
                    let status = answer.status.as_u16();
                    let allowed = may_act_on(who.role(), person, action, &[role]);
                    assert_eq!(
                        matches!(status, 200 | 303),
                        allowed,
                        "{who:?} {act} {person:?} {role:?}: {status}"
                    );
                    if person == Person::Other && listed {
                        assert_eq!(status, 404, "who is elsewhere does not exist");
                    }
                }
            }
        }
    })
    .await;
}
