//! `serve --read-only`: everything is read as before, nothing is written, and what was typed is handed back.

use axum::http::Method;

use crate::support::{Who, each_engine, public_places};

#[tokio::test]
async fn no_route_writes_and_reading_goes_on() {
    each_engine("no_route_writes_and_reading_goes_on", async |world| {
        let people = world.desk().await;
        let published = people.published(&[]).await;
        let cases = [people.draft(&[]).await, people.verified(&[]).await];
        let ids: Vec<&str> = cases.iter().map(String::as_str).chain([published.id.as_str()]).collect();
        let places = public_places(world, &[&published.reference], &ids).await;
        let manager = world.sign_in(Who::Manager).await;
        let members = [&people.researcher, &people.first, &people.second, &manager];
        // Not used for a while: another page would note that the session is used.
        let half_an_hour_ago = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(30);
        let seen_at = half_an_hour_ago.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let touched = sqlx::query("UPDATE desk_session SET seen_at = $1").bind(seen_at);
        assert!(touched.execute(&world.raw).await.unwrap().rows_affected() >= 4);
        let (store, router) = world.read_only().await;
        let rows = world.dump("").await;
        for member in members {
            let reader = member.at(router.clone());
            for path in places.desk.iter().chain(&places.others).chain(&places.record) {
                let answer = reader.get(path).await;
                assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
                if path.starts_with("/desk")
                    && answer.status == 200
                    && !answer.header("content-type").contains("image")
                {
                    answer.says("everything can be read, and nothing can be saved");
                }
            }
            for (_, route) in server::ROUTES.iter().filter(|(method, _)| *method == "POST") {
                let parts = route.replace("{id}", &cases[0]);
                let path: String = parts
                    .split('{')
                    .map(|part| {
                        part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("none{rest}"))
                    })
                    .collect();
                if path == "/sign-out" {
                    continue;
                }
                let fields = [("do", "reveal"), ("title", "Typed"), ("revision", "1"), ("reason", "R")];
                let answer = reader.post(&path, &fields).await.expect(503);
                assert_eq!(
                    (answer.header("retry-after"), answer.header("cache-control")),
                    ("300", "no-store")
                );
                let json =
                    reader.ask(Method::POST, &path).sent_by_our_page().header("accept", "application/json");
                assert_eq!(
                    json.fields(&fields).send().await.expect(503).json()["error"],
                    "read-only",
                    "{path}"
                );
                // From elsewhere it is refused as ever.
                reader.ask(Method::POST, &path).fields(&fields).send().await.expect(403);
            }
        }
        assert!(world.dump("").await == rows, "something was written");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_comes_back_to_be_sent_again_and_a_password_does_not() {
    each_engine("what_was_typed_comes_back_to_be_sent_again", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let (store, router) = world.read_only().await;
        let reader = people.researcher.at(router.clone());
        let path = format!("/desk/cases/{id}");
        let mut form = reader.case_form(&id).await;
        let typed = "Typed for an hour:\r\n\r\n<b>&amp;\"'\r\n  </textarea> and more. And more.";
        form.fill(&[("narrative", typed)]);
        let page = reader.send(&form, "save").await.expect(503).says("kept in this open page");
        let again = page.page().form(&path);
        assert_eq!((again.value("narrative"), again.value("do")), (Some(typed), Some("save")));
        // Again while nothing is written, and later.
        let again = reader.send(&again, "").await.expect(503).page().form(&path);
        assert!(people.researcher.send(&again, "").await.moved().contains("done=saved"));
        assert_eq!(people.researcher.case_form(&id).await.value("narrative"), Some(typed));
        for (path, fields) in [
            ("/sign-in", [("email", "a@example.org"), ("password", "heron lamp violet 27")]),
            (
                "/desk/account/password",
                [("current", "heron lamp violet 27"), ("new", "heron lamp violet 27")],
            ),
        ] {
            reader.post(path, &fields).await.expect(503).never_says("heron lamp");
        }
        // What a sign-in carries stays with it.
        let carried =
            [("password", "heron lamp violet 27"), ("replay-to", path.as_str()), ("replay.title", "Typed")];
        let page = reader.post("/sign-in", &carried).await.expect(503).never_says("heron lamp");
        assert_eq!(page.page().form("/sign-in").value("replay.title"), Some("Typed"));
        // Signing out takes the cookie away; the row of the session ends by its time.
        let out = reader.post("/sign-out", &[]).await.expect(303);
        assert!(out.header("set-cookie").contains("Max-Age=0") && reader.cookie().is_none(), "{out:?}");
        assert!(out.header("clear-site-data").contains("cache"));
        // Ending all sessions, by the command line beside it, holds at once.
        let reader = people.first.at(router);
        reader.get("/desk").await.expect(200);
        world.store.end_sessions(None, jiff::Timestamp::now()).await.unwrap();
        assert_eq!(reader.get("/desk").await.moved(), "/sign-in");
        let log = world.dump("desk_audit").await;
        assert!(log.iter().any(|row| row.contains("sessions ended")), "and is in the log");
        store.close().await;
    })
    .await;
}
