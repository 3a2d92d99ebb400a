//! The header table over all routes, and where requests that change something may come from.

use axum::http::Method;

use crate::support::{Answer, Who, each_engine, example, public_places};

/// What every answer says, whatever it is.
#[track_caller]
fn assert_table(answer: &Answer) {
    let asked = &answer.asked;
    let csp = answer.header("content-security-policy");
    assert!(csp.starts_with("default-src 'none'"), "{asked}: {csp}");
    assert!(csp.contains("frame-ancestors 'none'"), "{asked}: {csp}");
    assert!(!csp.contains('*') && !csp.contains("http"), "{asked}: nothing from elsewhere: {csp}");
    let script = csp.split("; ").find_map(|part| part.strip_prefix("script-src "));
    let has_island = answer.text().contains("<script");
    match (script, csp.contains("sandbox")) {
        (Some("'none'"), false) => assert!(!has_island, "{asked}: a script that may not run"),
        (Some(script), false) => {
            let hash =
                script.strip_prefix("'self' 'wasm-unsafe-eval' 'sha256-").expect("only our one script");
            assert!(hash.ends_with('\'') && !hash.contains(' '), "{asked}: {script}");
            assert!(asked.contains("/desk/cases/"), "{asked}: an island belongs to the case form");
        }
        (None, true) => assert!(!has_island, "{asked}"),
        other => panic!("{asked}: {other:?}"),
    }
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{asked}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{asked}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{asked}");
    let permissions = answer.header("permissions-policy");
    for power in ["camera", "microphone", "geolocation", "payment", "usb"] {
        assert!(permissions.contains(&format!("{power}=()")), "{asked}: {power}");
    }
    for name in ["server", "x-powered-by", "via", "x-request-id"] {
        assert_eq!(answer.header(name), "", "{asked}: {name}");
    }
    assert!(!answer.header("content-type").is_empty() || answer.body.is_empty(), "{asked}");
}

#[tokio::test]
async fn the_header_table_holds_on_every_route() {
    each_engine("the_header_table_holds_on_every_route", async |world| {
        let people = world.desk().await;
        let published = people.published(&[]).await;
        let draft = people.draft(&[]).await;
        let places = public_places(world, &[&published.reference], &[&draft, &published.id]).await;
        let stranger = world.stranger();
        for path in places.at_editions([1]) {
            let is_desk = path == "/sign-in";
            let answer = stranger.get(&path).await;
            assert_table(&answer);
            assert!(answer.headers.get("set-cookie").is_none(), "{path} sets a cookie");
            let kept = answer.header("cache-control");
            if is_desk {
                assert_eq!(kept, "no-store", "{path}");
            } else if path.starts_with("/assets/") {
                assert_eq!(kept, "public, max-age=31536000, immutable", "{path}");
            } else if answer.status.is_success() && !path.ends_with("yz") && !path.ends_with("thz") {
                assert_eq!(kept, "public, max-age=60, must-revalidate", "{path}");
            } else {
                assert!(!kept.contains("public") || answer.status == 404, "{path}: {kept}");
            }
            let is_open = path.starts_with("/charts/") || path.contains(".json");
            let shared = if is_open && answer.status.is_success() { "cross-origin" } else { "same-origin" };
            assert_eq!(answer.header("cross-origin-resource-policy"), shared, "{path}");
            let cors = if shared == "cross-origin" { "*" } else { "" };
            assert_eq!(answer.header("access-control-allow-origin"), cors, "{path}");
            assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        }
        // The desk, for those who may see it, those who may not, and those who are nobody.
        let outsider = world.sign_in(Who::Outsider).await;
        for path in places.desk {
            for browser in [&*people.first, &*outsider, &*stranger] {
                let answer = browser.get(&path).await;
                assert_table(&answer);
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
                assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
                assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
            }
        }
        for (_, route) in server::ROUTES.iter().filter(|(method, _)| *method == "POST") {
            let path = example(route, &draft);
            let allowed = people.first.post(&path, &[("reason", "x")]).await;
            let elsewhere = people.first.ask(Method::POST, &path).fields(&[]).send().await;
            let method = people.first.ask(Method::DELETE, &path).sent_by_our_page().send().await.expect(405);
            for answer in [allowed, elsewhere, method] {
                assert_table(&answer);
                assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.asked);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_other_site_can_act_for_somebody_who_is_signed_in() {
    each_engine("no_other_site_can_act_for_somebody_who_is_signed_in", async |world| {
        let people = world.desk().await;
        let id = people.verified(&[]).await;
        let before = world.dump("").await;
        let from: &[&[(&'static str, &str)]] = &[
            &[],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:3000")],
            &[("sec-fetch-site", "")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://localhost:3000.evil.example")],
            &[("origin", "http://localhost:9999")],
            &[("origin", "null")],
            &[("referer", "http://localhost:3000/desk")],
        ];
        for (_, route) in server::ROUTES.iter().filter(|(method, _)| *method == "POST") {
            let route = example(route, &id);
            for path in [route.clone(), format!("/fr{route}")] {
                for headers in from {
                    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
                        let mut ask =
                            people.second.ask(method, &path).fields(&[("reason", "x"), ("do", "submit")]);
                        for (name, value) in *headers {
                            ask = ask.header(name, *value);
                        }
                        let answer = ask.send().await.expect(403);
                        assert!(answer.text().contains("did not come from a page of this site"), "{path}");
                    }
                }
            }
        }
        assert_eq!(world.dump("").await, before, "nothing was changed");
        // A browser that says nothing of sites but names our own origin is believed.
        let ask = people.second.ask(Method::POST, &format!("/desk/cases/{id}/publish"));
        ask.header("origin", "http://localhost:3000").fields(&[]).send().await.expect(303);
    })
    .await;
}
