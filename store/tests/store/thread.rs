//! The thread, as a story: a case is entered, reviewed, published, corrected, retracted.

use domain::case::{PublicState, WorkingState};
use domain::incident::{Bearing, Kind};
use domain::{Problem, stored};
use store::StoreError;
use store::desk::Member;
use store::record::{Cause, CountryCount, IncidentAnswer, IncidentFilter, PublicIncident, Record};

use super::support::{
    FOR_PUBLISHING, People, TODAY, World, at, each_engine, number, open, publish, published, save, seen,
};

/// The record as it stands.
pub(crate) async fn live(world: &World) -> Record {
    world.store.live(world.store.head().await.unwrap(), TODAY)
}

/// The record as of `edition`.
pub(crate) async fn as_of(world: &World, edition: i64) -> Record {
    let head = world.store.head().await.unwrap();
    world.store.as_of(head, edition).await.unwrap().unwrap()
}

/// What `record` shows at `reference`, which is published there.
pub(crate) async fn shown(record: &Record, reference: &str) -> PublicIncident {
    match record.incident(reference).await.unwrap() {
        Some(IncidentAnswer::Published(incident)) => *incident,
        other => panic!("{other:?}"),
    }
}

/// The numbers of editions are without gaps and the head says the last of them.
pub(crate) async fn assert_editions_without_gaps(world: &World) {
    let head = world.store.head().await.unwrap().edition;
    assert_eq!(number(world, "SELECT COUNT(*) FROM record_edition").await, head);
    assert_eq!(number(world, "SELECT COALESCE(MAX(number), 0) FROM record_edition").await, head);
    let last = "SELECT COALESCE(MAX(edition_from), 0) FROM record_incident";
    assert_eq!(number(world, last).await, head);
}

async fn verify(world: &World, people: &People, member: &Member, id: &str) -> Result<(), StoreError> {
    let hash = seen(&world.store, member, id).await;
    world.store.verify(member, id, &hash, &people.gazetteer, TODAY, at(4)).await
}

async fn submit(world: &World, people: &People, member: &Member, id: &str) {
    world.store.submit(member, id, &people.gazetteer, TODAY, at(3)).await.unwrap();
}

#[tokio::test]
async fn a_case_goes_from_its_first_word_to_the_public_page() {
    each_engine("a_case_goes_from_its_first_word_to_the_public_page", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);

        let id = store.new_case(&people.researcher, at(1)).await.unwrap();
        let refused = store.submit(&people.researcher, &id, &people.gazetteer, TODAY, at(1)).await;
        let Err(StoreError::Refused(errors)) = refused else { panic!("{refused:?}") };
        let named: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(named, ["places.0", "kind", "start", "narrative", "sources.0.url"]);

        let id = open(store, &people).await;
        submit(world, &people, &people.researcher, &id).await;
        let case = store.case(&people.first, &id).await.unwrap().0;
        assert_eq!(case.working_state, Some(WorkingState::Submitted));

        let refused = verify(world, &people, &people.first, &id).await;
        let Err(StoreError::Refused(errors)) = refused else { panic!("{refused:?}") };
        for field in ["title", "bearing", "actors.0.attribution", "authority_kind", "justification"] {
            assert!(errors.iter().any(|e| e.field == field && e.problem == Problem::Missing), "{field}");
        }
        assert!(errors.iter().any(|e| e.field == "naming" && e.problem == Problem::NamingNotChecked));
        assert!(errors.iter().any(|e| e.field == "comment_from"));

        // The first reviewer fills in what is missing, and so is no longer the one to stand for it.
        save(store, &people.first, &id, FOR_PUBLISHING).await;
        let own = verify(world, &people, &people.first, &id).await;
        assert!(matches!(own, Err(StoreError::Forbidden)), "{own:?}");
        verify(world, &people, &people.second, &id).await.unwrap();
        assert_eq!(live(world).await.edition(), 0, "nothing is public before it is published");

        let given = publish(store, &people, &id).await;
        assert_eq!((given.reference.as_str(), given.edition), ("TW-2016-0001", 1));
        let case = store.case(&people.researcher, &id).await.unwrap().0;
        assert_eq!((case.public_state, case.working_state), (PublicState::Published, None));
        assert_eq!(case.reference.as_deref(), Some("TW-2016-0001"));
        assert_eq!(store.case_of_reference("TW-2016-0001").await.unwrap(), Some(id.clone()));
        let steps: Vec<String> =
            store.case_versions(&people.researcher, &id).await.unwrap().into_iter().map(|v| v.step).collect();
        assert_eq!(steps, ["published", "verified", "saved", "submitted", "saved"]);

        let record = live(world).await;
        assert!(record.is_live());
        let public = shown(&record, "TW-2016-0001").await;
        assert_eq!(public.incident.title, "Messenger blocked in Freedonia by court order");
        assert_eq!(public.content_hash, stored::content_hash(&public.json));
        assert_eq!(stored::read(&public.json).unwrap(), public.incident);
        assert_eq!((public.edition_from, public.hash_before, public.withheld_fields), (1, None, vec![]));
        assert_eq!(public.history.len(), 1);
        assert_eq!(public.history[0].cause, Cause::Publication);
        assert_eq!(public.history[0].day, TODAY);
        assert!(record.incident("TW-2016-0002").await.unwrap().is_none());
        assert_editions_without_gaps(world).await;
        assert!(matches!(store.case(&people.stranger, &id).await, Err(StoreError::NotFound)));
        assert!(store.cases(&people.stranger, None, 10).await.unwrap().is_empty());
        assert_eq!(store.cases(&people.first, None, 10).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn lists_and_counts_find_what_was_published() {
    each_engine("lists_and_counts_find_what_was_published", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        published(store, &people).await;
        // The second happened in Sylvania, by order of nobody established, over two years.
        let id = open(store, &people).await;
        save(store, &people.researcher, &id, FOR_PUBLISHING).await;
        let there = [
            ("places.0", "Sylvania"),
            ("kind", "throttling"),
            ("start", "2017-12-30"),
            ("end", "2018-01"),
            ("actors.0.state", ""),
            ("actors.0.attribution", "not-established"),
        ];
        save(store, &people.researcher, &id, &there).await;
        submit(world, &people, &people.researcher, &id).await;
        verify(world, &people, &people.first, &id).await.unwrap();
        assert_eq!(publish(store, &people, &id).await.reference, "TW-2017-0001");

        let record = live(world).await;
        let country = |code: &str| IncidentFilter { country: code.parse().ok(), ..Default::default() };
        let year = |year| IncidentFilter { year: Some(year), ..Default::default() };
        let references = async |filter: &IncidentFilter| {
            let lines = record.incidents(filter).await.unwrap();
            let count = record.incident_count(filter).await.unwrap();
            assert_eq!(count, lines.len() as i64, "the count is that of the list: {filter:?}");
            lines.into_iter().map(|line| line.reference).collect::<Vec<_>>()
        };
        assert_eq!(references(&IncidentFilter::default()).await, ["TW-2017-0001", "TW-2016-0001"]);
        assert_eq!(references(&country("XFR")).await, ["TW-2016-0001"]);
        assert_eq!(references(&country("XSY")).await, ["TW-2017-0001"]);
        assert_eq!(references(&year(2018)).await, ["TW-2017-0001"]);
        assert_eq!(references(&year(2019)).await, Vec::<String>::new());
        let kind = IncidentFilter { kind: Some(Kind::PlatformBlocking), ..Default::default() };
        assert_eq!(references(&kind).await, ["TW-2016-0001"]);
        let bearing = IncidentFilter { bearing: Some(Bearing::Remedy), ..Default::default() };
        assert_eq!(references(&bearing).await, Vec::<String>::new());
        let treaty = IncidentFilter { treaty: Some("budapest".to_owned()), ..Default::default() };
        assert_eq!(references(&treaty).await, Vec::<String>::new());

        // Page by page gives the same lines, each once.
        let mut page = IncidentFilter { limit: 1, ..Default::default() };
        let mut paged = Vec::new();
        while let Some(line) = record.incidents(&page).await.unwrap().pop() {
            let start = line.incident.start.first().to_string();
            page.after = Some(store::record::After { start, reference: line.reference.clone() });
            paged.push(line.reference);
        }
        assert_eq!(paged, ["TW-2017-0001", "TW-2016-0001"]);

        let counts = record.incident_counts_by_country().await.unwrap();
        let of = |code: &str| counts.get(&code.parse().unwrap()).copied();
        assert_eq!(of("XFR"), Some(CountryCount { answerable: 1, others: 0 }));
        assert_eq!(of("XSY"), Some(CountryCount { answerable: 0, others: 1 }));
        assert_eq!(as_of(world, 1).await.incident_count(&IncidentFilter::default()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_a_new_edition_and_the_old_one_answers_as_before() {
    each_engine("a_correction_is_a_new_edition_and_the_old_one_answers_as_before", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, first) = published(store, &people).await;
        let before = shown(&live(world).await, &first.reference).await;

        store.begin_correction(&people.researcher, &id, "The day was wrong.", at(6)).await.unwrap();
        let case = store.case(&people.second, &id).await.unwrap().0;
        assert_eq!((case.working_state, case.version), (Some(WorkingState::Draft), 2));
        assert_eq!(case.note, "The day was wrong.");
        save(store, &people.researcher, &id, &[("start", "2015-05-03")]).await;
        submit(world, &people, &people.researcher, &id).await;
        // Sent back once: what the reviewer asked for is between the two of them.
        let ask = "Name the operator in the second sentence.";
        store.request_changes(&people.first, &id, ask, at(7)).await.unwrap();
        save(store, &people.researcher, &id, &[("networks", "Freedonia Telecom")]).await;
        submit(world, &people, &people.researcher, &id).await;
        verify(world, &people, &people.first, &id).await.unwrap();
        assert_eq!(shown(&live(world).await, &first.reference).await, before, "not before it is published");

        let second = publish(store, &people, &id).await;
        assert_eq!(second.reference, first.reference, "a reference is never changed, whatever the year");
        assert_eq!(second.edition, 2);
        let now = shown(&live(world).await, &first.reference).await;
        assert_eq!(now.incident.start.to_string(), "2015-05-03");
        assert_eq!((now.edition_from, now.history.len()), (2, 2));
        assert_eq!(now.history[1].cause, Cause::Correction);
        assert_eq!(now.history[1].reason, "The day was wrong.");
        assert_ne!(now.content_hash, before.content_hash);

        let then = as_of(world, 1).await;
        assert!(!then.is_live());
        assert_eq!(shown(&then, &first.reference).await, before, "byte for byte");
        let year = IncidentFilter { year: Some(2015), ..Default::default() };
        assert_eq!(then.incident_count(&year).await.unwrap(), 0);
        assert_eq!(live(world).await.incident_count(&year).await.unwrap(), 1);
        assert_eq!(then.editions(None, 50).await.unwrap().len(), 1);
        let editions = live(world).await.editions(None, 50).await.unwrap();
        assert_eq!(editions.iter().map(|e| e.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(live(world).await.editions(Some(2), 50).await.unwrap(), editions[1..]);
        assert_eq!(live(world).await.editions(None, 1).await.unwrap(), editions[..1]);
        assert!(store.as_of(store.head().await.unwrap(), 3).await.unwrap().is_none());
        assert!(store.as_of(store.head().await.unwrap(), 0).await.unwrap().is_none());
        assert_editions_without_gaps(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_retraction_says_why_and_leaves_the_content_at_its_editions() {
    each_engine("a_retraction_says_why_and_leaves_the_content_at_its_editions", async |world| {
        let (store, people) = (&world.store, People::join(&world.store).await);
        let (id, given) = published(store, &people).await;
        let before = shown(&live(world).await, &given.reference).await;
        let refused = store.retract(&people.researcher, &id, "Mine.", at(6)).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)), "{refused:?}");
        let elsewhere = store.retract(&people.stranger, &id, "Theirs.", at(6)).await;
        assert!(matches!(elsewhere, Err(StoreError::NotFound)), "{elsewhere:?}");
        assert_eq!(store.head().await.unwrap().edition, 1, "what is refused makes no edition");

        let reason = "The source took its report back.";
        assert_eq!(store.retract(&people.second, &id, reason, at(7)).await.unwrap(), 2);
        let record = live(world).await;
        match record.incident(&given.reference).await.unwrap() {
            Some(IncidentAnswer::Retracted(retracted)) => {
                assert_eq!((retracted.reason.as_str(), retracted.edition), (reason, 2));
                assert_eq!((retracted.on, retracted.history.len()), (TODAY, 2));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(record.incident_count(&IncidentFilter::default()).await.unwrap(), 0);
        assert!(record.incident_counts_by_country().await.unwrap().is_empty());
        let editions = record.editions(None, 50).await.unwrap();
        assert_eq!((editions[0].cause, editions[0].reason.as_str()), (Cause::Retraction, reason));
        assert_eq!(editions[0].title, None);
        assert_eq!(shown(&as_of(world, 1).await, &given.reference).await, before);
        let again = store.retract(&people.second, &id, reason, at(8)).await;
        assert!(matches!(again, Err(StoreError::WrongState)), "{again:?}");
        assert_editions_without_gaps(world).await;
    })
    .await;
}
