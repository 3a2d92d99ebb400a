//! Nothing changes by GET: everybody reads every page, and every table holds what it held.

use axum::http::Method;

use crate::support::{Who, World, each_engine, example, public_places};

/// Every row of every table, but for when a session was last seen.
async fn rows(world: &World) -> Vec<String> {
    let rows = world.dump("").await;
    rows.into_iter().filter(|row| !row.starts_with("desk_session:")).collect()
}

#[tokio::test]
async fn reading_every_page_changes_nothing() {
    each_engine("reading_every_page_changes_nothing", async |world| {
        let people = world.desk().await;
        let published = people.published(&[]).await;
        let cases = [people.draft(&[]).await, people.submitted(&[]).await, people.verified(&[]).await];
        let mut all: Vec<&str> = cases.iter().map(String::as_str).collect();
        all.push(&published.id);
        let places = public_places(world, &[&published.reference], &all).await;
        let mut paths = places.at_editions([1]);
        paths.extend(places.desk);
        for step in server::ROUTES.iter().filter(|(method, _)| *method == "POST") {
            paths.extend(all.iter().map(|id| example(step.1, id)));
        }
        let mut members = vec![people.researcher, people.first, people.second];
        for who in [Who::Analyst, Who::Manager, Who::Steward, Who::Outsider] {
            members.push(world.sign_in(who).await);
        }
        let before = rows(world).await;
        let sessions = world.dump("desk_session").await.len();
        for path in &paths {
            world.stranger().get(path).await;
            for member in &members {
                let query = format!(
                    "{path}{}do=reveal&reason=x&done=saved",
                    if path.contains('?') { '&' } else { '?' }
                );
                let path = if path.starts_with("/desk") { &query } else { path };
                let answer = member.get(path).await;
                assert!(answer.status.as_u16() < 500, "{:?} {path}", member.who);
                member.ask(Method::HEAD, path).send().await;
            }
        }
        let after = rows(world).await;
        assert_eq!(after.len(), before.len());
        assert!(after == before, "{:?}", after.iter().find(|row| !before.contains(row)));
        assert_eq!(world.dump("desk_session").await.len(), sessions);
    })
    .await;
}
