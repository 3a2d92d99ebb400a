//! A case of another organisation answers exactly like one that does not exist, and who is nobody is sent to sign in.

use axum::http::Method;
use server::ROUTES;

use crate::support::{Answer, Browser, Who, World, each_engine};

const FIELDS: &[(&str, &str)] =
    &[("reason", "x"), ("title", "x"), ("revision", "1"), ("do", "save"), ("seen", "x"), ("note", "x")];

async fn ask(browser: &Browser, method: &str, path: &str) -> Answer {
    if method == "GET" { browser.get(path).await } else { browser.post(path, FIELDS).await }
}

fn with_a_case() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    ROUTES.iter().filter(|(_, route)| route.contains("/desk/cases/{id}"))
}

async fn every_case(world: &World) -> [String; 4] {
    let people = world.desk().await;
    let published = people.published(&[]).await.id;
    [people.draft(&[]).await, people.submitted(&[]).await, people.verified(&[]).await, published]
}

#[tokio::test]
async fn what_belongs_to_others_answers_like_what_does_not_exist() {
    each_engine("what_belongs_to_others_answers_like_what_does_not_exist", async |world| {
        let cases = every_case(world).await;
        let outsider = world.sign_in(Who::Outsider).await;
        let before = world.dump("desk_").await;
        for (method, route) in with_a_case() {
            let none = ask(&outsider, method, &route.replace("{id}", "01999999-9999-7999-8999-999999999999"))
                .await
                .expect(404);
            for id in &cases {
                let theirs = ask(&outsider, method, &route.replace("{id}", id)).await;
                assert_eq!(theirs.status, none.status, "{method} {route}");
                assert_eq!(theirs.body, none.body, "{method} {route}");
                assert_eq!(theirs.headers, none.headers, "{method} {route}");
            }
        }
        outsider.get("/desk").await.expect(200).never_says("Made-up");
        assert_eq!(world.dump("desk_").await, before);
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_the_desk_without_signing_in() {
    each_engine("nobody_reaches_the_desk_without_signing_in", async |world| {
        let [id, ..] = every_case(world).await;
        let stranger = world.stranger();
        let before = world.dump("desk_").await;
        let cookies = [
            None,
            Some("__Host-session=".to_owned() + &"0".repeat(64)),
            Some("__Host-session=' OR 1=1".to_owned()),
        ];
        for cookie in cookies {
            stranger.set_cookie(cookie);
            for (method, route) in ROUTES.iter().filter(|(_, route)| route.starts_with("/desk")) {
                let answer = ask(&stranger, method, &route.replace("{id}", &id)).await;
                // Forms with a password, with files, or with nothing typed, are not carried.
                let is_brief = route.starts_with("/desk/account/")
                    || matches!(
                        *route,
                        "/desk/cases/{id}/evidence" | "/desk/cases/{id}/partner" | "/desk/partners"
                    )
                    || (route.starts_with("/desk/members/") && *route != "/desk/members/invite");
                match (*method, *route) {
                    ("GET", _) | (_, "/desk/cases") => assert_eq!(answer.moved(), "/sign-in", "{route}"),
                    _ if is_brief => assert_eq!(answer.moved(), "/sign-in", "{route}"),
                    // What was typed is carried, and nothing of the case is told.
                    _ => drop(answer.expect(401).never_says("Made-up")),
                }
            }
        }
        assert_eq!(world.dump("desk_").await, before);
        let head = stranger.ask(Method::HEAD, "/desk").send().await;
        assert_eq!(head.moved(), "/sign-in");
    })
    .await;
}

#[tokio::test]
async fn a_steward_sees_no_case_and_a_manager_the_list_only() {
    each_engine("a_steward_sees_no_case_and_a_manager_the_list_only", async |world| {
        let cases = every_case(world).await;
        let steward = world.sign_in(Who::Steward).await;
        steward.get("/desk").await.expect(200).never_says("Made-up messenger");
        steward.get("/desk/cases").await.expect(403);
        let manager = world.sign_in(Who::Manager).await;
        manager.get("/desk").await.expect(200).never_says("Made-up messenger");
        manager.get("/desk/cases").await.expect(200).says("Made-up messenger blocked for a test");
        for id in cases {
            for page in ["", "/review", "/sealed"] {
                steward.get(&format!("/desk/cases/{id}{page}")).await.expect(404);
                manager
                    .get(&format!("/desk/cases/{id}{page}"))
                    .await
                    .expect(403)
                    .never_says("A made-up court");
            }
        }
    })
    .await;
}
