//! Signing in and out: what a cookie says, that nothing tells a known address from an unknown one, how often one may
//! try, and where the desk does not open.

use std::time::{Duration, Instant};

use store::desk::SessionTimes;

use crate::support::{Answer, Browser, PASSWORD, Stranger, Who, each_engine};

async fn try_to_sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn the_cookie_is_for_this_host_secure_and_out_of_reach_of_scripts() {
    each_engine("the_cookie_is_for_this_host_secure_and_out_of_reach_of_scripts", async |world| {
        let browser = world.stranger();
        let first = try_to_sign_in(&browser, Who::Researcher.email(), PASSWORD).await;
        let cookie = first.header("set-cookie").to_owned();
        assert_eq!(first.moved(), "/desk");
        let mut parts = cookie.split("; ");
        let (name, token) = parts.next().unwrap().split_once('=').unwrap();
        assert_eq!(name, "__Host-session");
        assert!(token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()), "256 bits");
        let attributes: Vec<&str> = parts.collect();
        assert_eq!(attributes, ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]);
        // The database holds its hash only.
        for row in world.dump("desk_session").await {
            assert!(!row.contains(token), "{row}");
        }
        // Signing in again makes a new one and ends the old.
        let second = try_to_sign_in(&browser, Who::Researcher.email(), PASSWORD).await;
        assert!(!second.header("set-cookie").contains(token));
        browser.set_cookie(Some(format!("__Host-session={token}")));
        assert_eq!(browser.get("/desk").await.moved(), "/sign-in", "the old session is over");
    })
    .await;
}

#[tokio::test]
async fn after_signing_out_the_cookie_is_dead() {
    each_engine("after_signing_out_the_cookie_is_dead", async |world| {
        let member = world.sign_in(Who::Researcher).await;
        let cookie = member.cookie();
        let form = member.get("/desk").await.expect(200).page().form("/sign-out");
        let out = member.send(&form, "").await;
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(out.moved(), "/");
        assert_eq!(member.cookie(), None);
        member.set_cookie(cookie);
        assert_eq!(member.get("/desk").await.moved(), "/sign-in");
        assert_eq!(member.post("/desk/cases", &[]).await.moved(), "/sign-in");
        let log = world.dump("desk_audit").await;
        assert_eq!(log.iter().filter(|entry| entry.contains("signed out")).count(), 1, "it is logged once");
    })
    .await;
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    each_engine("known_and_unknown_addresses_are_answered_alike", async |world| {
        let browser = world.stranger();
        let (known, unknown) = (Who::Researcher.email(), "nobody@nowhere.example");
        let mut times = [Duration::MAX; 2];
        for _ in 0..3 {
            let mut bodies = Vec::new();
            for (time, email) in times.iter_mut().zip([known, unknown]) {
                let start = Instant::now();
                let answer = try_to_sign_in(&browser, email, "not the password").await.expect(422);
                *time = start.elapsed().min(*time);
                assert_eq!(answer.header("set-cookie"), "");
                assert_eq!(
                    answer.page().form("/sign-in").value("password"),
                    Some(""),
                    "it is never sent back"
                );
                bodies.push(answer.text().replace(email, "EMAIL"));
            }
            assert_eq!(bodies[0], bodies[1]);
        }
        // The hash is the most of it: whoever answered an unknown address without one would be many times faster.
        let [known, unknown] = times;
        assert!(unknown * 3 > known && known * 3 > unknown, "known {known:?}, unknown {unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn the_eleventh_try_waits_and_others_do_not() {
    each_engine("the_eleventh_try_waits_and_others_do_not", async |world| {
        let browser = world.stranger();
        for (email, others) in
            [(Who::Analyst.email(), Who::Manager.email()), ("who@nowhere.example", Who::Steward.email())]
        {
            for n in 0..10 {
                let spelled =
                    if n % 2 == 0 { email.to_owned() } else { format!(" {}", email.to_uppercase()) };
                try_to_sign_in(&browser, &spelled, "wrong").await.expect(422);
            }
            let answer = try_to_sign_in(&browser, email, PASSWORD).await.expect(429).says("Too many tries");
            let wait: u64 = answer.header("retry-after").parse().unwrap();
            assert!((1..=60).contains(&wait), "{wait}");
            assert_eq!(answer.page().form("/sign-in").value("email"), Some(email), "what was typed stays");
            try_to_sign_in(&browser, others, PASSWORD).await.expect(303);
        }
    })
    .await;
}

#[tokio::test]
async fn the_desk_does_not_open_where_passwords_would_cross_a_network_in_the_open() {
    each_engine("the_desk_does_not_open_on_plain_http", async |world| {
        let member = world.sign_in(Who::Researcher).await;
        let times = SessionTimes::default();
        let open = Stranger::new(world.served("http://example.org", times).await);
        open.get("/sign-in").await.expect(403).says("The desk opens only over https");
        let refused = try_to_sign_in(&open, Who::Researcher.email(), PASSWORD).await.expect(403);
        assert_eq!(refused.header("set-cookie"), "");
        open.set_cookie(member.cookie());
        // Not even with a session from elsewhere.
        for path in ["/desk", "/desk/cases/x", "/desk/cases/x/sealed"] {
            open.get(path).await.expect(403).says("The desk opens only over https");
        }
        for path in ["/desk/cases", "/desk/cases/x", "/desk/cases/x/publish", "/desk/cases/x/sealed"] {
            open.post(path, &[]).await.expect(403).says("The desk opens only over https");
        }
        open.get("/countries/bra").await.expect(200);
        for url in ["https://example.org", "http://127.0.0.1:3000", "http://localhost"] {
            let opens = Stranger::new(world.served(url, times).await);
            let answer = opens.get("/sign-in").await.expect(200);
            let hsts = answer.header("strict-transport-security");
            assert_eq!(hsts.is_empty(), !url.starts_with("https"), "{url}: {hsts}");
        }
        for url in ["http://localhost.evil.example", "http://127.0.0.1.evil.example:80", "http://10.0.0.1"] {
            Stranger::new(world.served(url, times).await).get("/sign-in").await.expect(403);
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_when_its_member_is_disabled() {
    each_engine("a_session_ends_when_idle_when_old_and_when_its_member_is_disabled", async |world| {
        let member = world.sign_in(Who::Researcher).await;
        let hour = Duration::from_secs(3600);
        let ask = async |times: SessionTimes| {
            let browser = Stranger::new(world.served("http://localhost:3000", times).await);
            browser.set_cookie(member.cookie());
            browser.get("/desk").await.status.as_u16()
        };
        assert_eq!(ask(SessionTimes { idle: hour, absolute: hour }).await, 200);
        assert_eq!(ask(SessionTimes { idle: Duration::ZERO, absolute: hour }).await, 303, "idle too long");
        sqlx::query("UPDATE desk_session SET ends_at = '2020-01-01T00:00:00Z'")
            .execute(&world.raw)
            .await
            .unwrap();
        assert_eq!(ask(SessionTimes { idle: hour, absolute: hour }).await, 303, "over");
        let other = world.sign_in(Who::Analyst).await;
        other.get("/desk").await.expect(200);
        sqlx::query("UPDATE desk_member SET disabled = 1").execute(&world.raw).await.unwrap();
        assert_eq!(other.get("/desk").await.moved(), "/sign-in");
        try_to_sign_in(&world.stranger(), Who::Analyst.email(), PASSWORD).await.expect(422);
    })
    .await;
}
