//! Sessions end when they should, and the database cannot be used to take one over.

use std::time::Duration;

use domain::rights::Role;
use store::StoreError;
use store::desk::{NewMember, SessionTimes};

use super::support::{People, at, each_engine};

const TIMES: SessionTimes =
    SessionTimes { idle: Duration::from_secs(30 * 60), absolute: Duration::from_secs(60 * 60) };

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_when_told_to() {
    each_engine("a_session_ends_when_idle_when_old_and_when_told_to", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let me = &people.researcher;
        let found = async |token: &str, minute| store.session(token, TIMES, at(minute)).await.unwrap();
        for unknown in ["", "no such token", "00"] {
            assert_eq!(found(unknown, 100).await, None);
        }
        let idle = store.begin_session(&me.id, TIMES, at(100)).await.unwrap();
        assert_eq!(found(&idle, 129).await.as_ref(), Some(me));
        assert_eq!(found(&idle, 158).await.as_ref(), Some(me), "each request counts");
        assert_eq!(found(&idle, 160).await, None, "an hour is all, however busy");
        let idle = store.begin_session(&me.id, TIMES, at(200)).await.unwrap();
        assert_eq!(found(&idle, 230).await, None, "half an hour without a request");

        let ended = store.begin_session(&me.id, TIMES, at(300)).await.unwrap();
        let other = store.begin_session(&me.id, TIMES, at(300)).await.unwrap();
        assert_ne!(ended, other);
        store.end_session(&ended, at(1)).await.unwrap();
        assert_eq!(found(&ended, 301).await, None);
        assert_eq!(found(&other, 301).await.as_ref(), Some(me), "only that one");

        let held = world.dump("desk_").await.join("\n");
        assert!(held.contains("desk_session: "));
        for token in [idle, ended, other.clone()] {
            assert!(!held.contains(&token), "the token itself is nowhere");
        }
        world.tamper("UPDATE desk_member SET disabled = 1 WHERE email = 'researcher@example.org'").await;
        assert_eq!(found(&other, 302).await, None, "rights are read anew at every request");
        assert!(store.sign_in("researcher@example.org").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn names_are_taken_once_and_addresses_are_found_in_any_case() {
    each_engine("names_are_taken_once", async |world| {
        let store = &world.store;
        assert!(store.has_no_members().await.unwrap());
        People::join(store).await;
        assert!(!store.has_no_members().await.unwrap());
        let add = async |email: &str, organisation: &str| {
            let new = NewMember {
                email,
                organisation,
                role: Role::Analyst,
                password_hash: "a hash",
                is_trial: false,
            };
            store.add_member(new, at(1)).await
        };
        let taken = add(" First@Example.ORG ", "lighthouse").await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
        let nowhere = add("new@example.org", "nowhere").await;
        assert!(matches!(nowhere, Err(StoreError::NotFound)), "{nowhere:?}");
        let taken = store.add_organisation("harbour", "Another", at(1)).await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
        let found = store.sign_in(" FIRST@example.org").await.unwrap().unwrap();
        assert_eq!(found.password_hash, "a hash");
        assert!(store.sign_in("nobody@example.org").await.unwrap().is_none());
    })
    .await;
}
