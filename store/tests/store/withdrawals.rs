//! What is taken back is taken back from every edition: hiding, restoring, redaction.

use domain::case::PublicState;
use domain::incident::CommentSought;
use store::StoreError;
use store::publish::REDACTABLE;
use store::record::{IncidentAnswer, IncidentFilter};

use super::support::{People, TODAY, at, each_engine, open, publish, published, save, seen};
use super::thread::{as_of, live, shown};

#[tokio::test]
async fn what_is_hidden_is_withheld_at_every_edition_until_another_person_restores_it() {
    each_engine("what_is_hidden_is_withheld_at_every_edition", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, given) = published(store, &people).await;
        let before = shown(&live(world).await, &given.reference).await;
        store
            .begin_correction(&people.researcher, &id, "A reason that names somebody.", at(6))
            .await
            .unwrap();
        save(store, &people.researcher, &id, &[("outcome", "Lifted.")]).await;
        store.submit(&people.researcher, &id, &people.gazetteer, TODAY, at(7)).await.unwrap();
        let hash = seen(store, &people.first, &id).await;
        store.verify(&people.first, &id, &hash, &people.gazetteer, TODAY, at(8)).await.unwrap();
        publish(store, &people, &id).await;

        let refused = store.hide(&people.researcher, &id, "", at(9)).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)), "{refused:?}");
        store.hide(&people.first, &id, "A threat against the reporter.", at(9)).await.unwrap();
        let head = store.head().await.unwrap();
        assert_eq!((head.edition, head.withdrawals), (2, 1));
        for record in [as_of(world, 1).await, as_of(world, 2).await, live(world).await] {
            assert_eq!(record.incident(&given.reference).await.unwrap(), Some(IncidentAnswer::Withheld));
            assert!(record.incidents(&IncidentFilter::default()).await.unwrap().is_empty());
            assert_eq!(record.incident_count(&IncidentFilter::default()).await.unwrap(), 0);
            assert!(record.incident_counts_by_country().await.unwrap().is_empty());
            for edition in record.editions(None, 50).await.unwrap() {
                assert_eq!((edition.title, edition.reason.as_str()), (None, ""));
            }
        }
        let twice = store.hide(&people.second, &id, "", at(9)).await;
        assert!(matches!(twice, Err(StoreError::WrongState)), "{twice:?}");
        let own = store.restore(&people.first, &id, "", at(10)).await;
        assert!(matches!(own, Err(StoreError::Forbidden)), "who hid it does not restore it: {own:?}");
        assert_eq!(live(world).await.head().withdrawals, 1, "what is refused is not counted");

        store.restore(&people.second, &id, "The threat is over.", at(11)).await.unwrap();
        assert_eq!(store.head().await.unwrap().withdrawals, 2);
        assert_eq!(shown(&as_of(world, 1).await, &given.reference).await, before);
        assert_eq!(shown(&live(world).await, &given.reference).await.incident.outcome, "Lifted.");
        let state = store.case(&people.first, &id).await.unwrap().0;
        assert_eq!((state.public_state, state.hidden_by), (PublicState::Published, None));
    })
    .await;
}

#[tokio::test]
async fn a_retracted_incident_stays_retracted_when_it_is_hidden_and_restored() {
    each_engine("a_retracted_incident_stays_retracted", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, given) = published(store, &people).await;
        store.retract(&people.second, &id, "A mistake.", at(6)).await.unwrap();
        store.hide(&people.first, &id, "", at(7)).await.unwrap();
        let answer = live(world).await.incident(&given.reference).await.unwrap();
        assert_eq!(answer, Some(IncidentAnswer::Withheld));
        store.restore(&people.second, &id, "", at(8)).await.unwrap();
        let state = store.case(&people.first, &id).await.unwrap().0.public_state;
        assert_eq!(state, PublicState::Retracted);
        let answer = live(world).await.incident(&given.reference).await.unwrap();
        assert!(matches!(answer, Some(IncidentAnswer::Retracted(_))), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn a_redacted_field_is_in_no_version_at_any_edition_nor_in_a_later_one() {
    each_engine("a_redacted_field_is_in_no_version_at_any_edition", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let marker = "marker-b3f1 of a fictional person";
        let id = open(store, &people).await;
        save(store, &people.researcher, &id, super::support::FOR_PUBLISHING).await;
        save(store, &people.researcher, &id, &[("outcome", marker)]).await;
        review(world, &people, &id).await;
        let reference = publish(store, &people, &id).await.reference;
        let (other, _) = published(store, &people).await;
        let other = store.case(&people.first, &other).await.unwrap().0.reference.unwrap();
        let before = shown(&as_of(world, 1).await, &reference).await;
        assert!(before.json.contains(marker));
        correct(world, &people, &id, &[("law", "Act 7")]).await;
        let untouched = shown(&live(world).await, &other).await;

        store.redact(&reference, "outcome", "It can endanger somebody.", at(20)).await.unwrap();
        assert_eq!(store.head().await.unwrap().withdrawals, 1);
        assert_eq!(store.head().await.unwrap().edition, 3, "it is in no edition of its own: it is in all");
        assert!(!world.dump("record_").await.join("\n").contains(marker));
        let then = shown(&as_of(world, 1).await, &reference).await;
        assert_eq!(then.hash_before.as_ref(), Some(&before.content_hash), "the hash has a successor");
        assert_eq!(then.content_hash, domain::stored::content_hash(&then.json));
        assert_ne!(then.content_hash, before.content_hash);
        assert_eq!((then.incident.outcome.as_str(), &then.incident.title), ("", &before.incident.title));
        let withheld: Vec<_> = then.withheld_fields.iter().map(|f| (f.field.as_str(), f.on)).collect();
        assert_eq!(withheld, [("outcome", TODAY)]);
        assert_eq!(shown(&live(world).await, &other).await, untouched, "no other incident is touched");

        // The case still holds it: a later correction does not bring it back.
        correct(world, &people, &id, &[("law", "Act 8")]).await;
        let now = shown(&live(world).await, &reference).await;
        assert_eq!((now.incident.law.as_str(), now.incident.outcome.as_str()), ("Act 8", ""));
        assert!(!world.dump("record_").await.join("\n").contains(marker));
        assert_eq!(store.verify_audit().await.unwrap().unwrap(), audit_entries(world).await);
    })
    .await;
}

async fn audit_entries(world: &super::support::World) -> i64 {
    super::support::number(world, "SELECT COUNT(*) FROM desk_audit").await
}

async fn review(world: &super::support::World, people: &People, id: &str) {
    let store = &world.store;
    store.submit(&people.researcher, id, &people.gazetteer, TODAY, at(12)).await.unwrap();
    let hash = seen(store, &people.first, id).await;
    store.verify(&people.first, id, &hash, &people.gazetteer, TODAY, at(13)).await.unwrap();
}

async fn correct(world: &super::support::World, people: &People, id: &str, change: &[(&str, &str)]) {
    world.store.begin_correction(&people.researcher, id, "A better source.", at(11)).await.unwrap();
    save(&world.store, &people.researcher, id, change).await;
    review(world, people, id).await;
    publish(&world.store, people, id).await;
}

#[tokio::test]
async fn every_redactable_field_can_be_redacted_and_no_other() {
    each_engine("every_redactable_field_can_be_redacted_and_no_other", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let id = open(store, &people).await;
        save(store, &people.researcher, &id, super::support::FOR_PUBLISHING).await;
        let marker = "marker-77aa";
        let address = format!("https://example.org/{marker}");
        let texts = [
            "title",
            "place_name",
            "authority",
            "decision",
            "law",
            "article",
            "justification",
            "documented_cause",
            "services",
            "networks",
            "people_affected",
            "outcome",
            "comment_from",
            "comment_answer",
            "actors.0.name",
            "sources.0.title",
            "series",
            "related",
            "aimed_at",
            "requesting_authority",
            "requested_authority",
            "provider",
            "targets",
            "stages.0.note",
            "persons.0.name",
        ];
        let mut all: Vec<(&str, &str)> = texts.iter().map(|name| (*name, marker)).collect();
        let narrative = format!("First of {marker}. Second of it.");
        all.extend([
            ("comment_when", "2016"),
            ("narrative", narrative.as_str()),
            ("sources.0.url", address.as_str()),
            ("start", "2016-05-02"),
            ("start_time", "06:30"),
            ("stages.0.stage", "charge"),
            ("persons.0.role", "journalist"),
            ("naming", "agreed"),
            ("naming_reason", "Agreed by letter."),
        ]);
        save(store, &people.researcher, &id, &all).await;
        review(world, &people, &id).await;
        let reference = publish(store, &people, &id).await.reference;
        // Reasons are public too: of a correction, and of a retraction.
        store
            .begin_correction(&people.researcher, &id, &format!("Because of {marker}."), at(15))
            .await
            .unwrap();
        save(store, &people.researcher, &id, &[("article", "marker-77aa, 2")]).await;
        review(world, &people, &id).await;
        publish(store, &people, &id).await;
        for field in ["kind", "start", "places", "reference", "nothing", ""] {
            let refused = store.redact(&reference, field, "", at(20)).await;
            assert!(matches!(refused, Err(StoreError::NotFound)), "{field}");
        }
        let nobody = store.redact("TW-1999-0001", "title", "", at(20)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
        for field in REDACTABLE {
            store.redact(&reference, field, "", at(20)).await.unwrap();
        }
        let left = world.dump("record_").await;
        assert!(left.iter().all(|row| !row.contains(marker)), "{left:?}");
        let incident = shown(&live(world).await, &reference).await;
        assert_eq!(incident.withheld_fields.len(), REDACTABLE.len());
        assert_eq!(incident.incident.comment, CommentSought::NotRecorded);
        assert!(incident.incident.particulars.is_empty(), "{:?}", incident.incident.particulars);
    })
    .await;
}
