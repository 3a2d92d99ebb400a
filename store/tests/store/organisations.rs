//! Stewards see to organisations, and come to see no case by it.

use domain::rights::Role;
use store::StoreError;
use store::desk::SessionTimes;

use crate::support::{People, at, each_engine, member};

#[tokio::test]
async fn a_steward_adds_an_organisation_and_hands_out_the_link_for_its_first_manager_alone() {
    each_engine("a_steward_adds_an_organisation", async |world| {
        let store = &world.store;
        let people = People::join(store).await;
        store.add_organisation("operator", "Operator", at(0)).await.unwrap();
        let steward = member(store, "operator", "steward@example.org", Role::Steward).await;
        let id = store.found_organisation(&steward, "pier", "Pier Watch", at(1)).await.unwrap();
        let taken = store.found_organisation(&steward, "pier", "Another", at(1)).await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
        let old = store.invite_first_manager(&steward, &id, "old@example.org", at(2)).await.unwrap();
        let new = store.invite_first_manager(&steward, &id, "new@example.org", at(2)).await.unwrap();
        assert!(store.accept(&old, "a hash", at(3)).await.is_err(), "one link at a time");
        store.accept(&new, "a hash", at(3)).await.unwrap();
        let again = store.invite_first_manager(&steward, &id, "back@example.org", at(4)).await;
        assert!(matches!(again, Err(StoreError::WrongState)), "{again:?}");

        let list = store.organisations(&steward, at(5)).await.unwrap();
        let counts: Vec<_> = list.iter().map(|o| (o.slug.as_str(), o.members.clone())).collect();
        assert_eq!(
            counts,
            [
                ("harbour", vec![(Role::Researcher, 1), (Role::Reviewer, 2)]),
                ("lighthouse", vec![(Role::Reviewer, 1)]),
                ("operator", vec![(Role::Steward, 1)]),
                ("pier", vec![(Role::Manager, 1)]),
            ]
        );
        // An organisation at work is not to be entered that way, whether it has a manager or not.
        let harbour = &list[0].id;
        let entered = store.invite_first_manager(&steward, harbour, "back@example.org", at(6)).await;
        assert!(matches!(entered, Err(StoreError::WrongState)), "{entered:?}");
        for nobody in [&people.researcher, &people.first] {
            assert!(matches!(store.organisations(nobody, at(7)).await, Err(StoreError::Forbidden)));
        }

        let manager = store.sign_in("new@example.org").await.unwrap().unwrap().member;
        let token = store.begin_session(&manager, SessionTimes::default(), at(8)).await.unwrap();
        let manager = store.session(&token, SessionTimes::default(), at(8)).await.unwrap().unwrap();
        let shown = store.managers(&manager).await.unwrap();
        assert_eq!((shown[0].email.as_str(), shown[0].by_steward), ("new@example.org", true));
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_steward_s_link_does_not_open_an_organisation_that_somebody_joined_since() {
    each_engine("a_steward_s_link_does_not_open", async |world| {
        let store = &world.store;
        store.add_organisation("operator", "Operator", at(0)).await.unwrap();
        let steward = member(store, "operator", "steward@example.org", Role::Steward).await;
        let id = store.found_organisation(&steward, "pier", "Pier Watch", at(1)).await.unwrap();
        let link = store.invite_first_manager(&steward, &id, "alias@example.org", at(2)).await.unwrap();
        member(store, "pier", "researcher@pier.example", Role::Researcher).await;
        let accepted = store.accept(&link, "a hash", at(3)).await;
        assert!(matches!(accepted, Err(StoreError::NotFound)), "{accepted:?}");
    })
    .await;
}
