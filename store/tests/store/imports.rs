//! Imported rows: cases of one's own organisation, all or none, and each once.

use domain::incident::Draft;
use domain::rights::Role;
use store::StoreError;
use store::desk::{Imported, Member, NewImport, NewRow};

use super::support::{People, at, each_engine, number};

fn row(number: i64, service: &str) -> NewRow {
    NewRow {
        sheet: "One".to_owned(),
        number,
        row_hash: format!("{number:064}"),
        draft: Draft {
            title: format!("Row {number}"),
            places: vec!["XFR".to_owned()],
            kind: "platform-blocking".to_owned(),
            start: "2016-05-02".to_owned(),
            services: service.to_owned(),
            ..Draft::default()
        },
    }
}

fn import(rows: &[NewRow]) -> NewImport<'_> {
    NewImport { file_name: "list.csv", file_hash: "00", mapping: "example", report: "{}", rows }
}

#[tokio::test]
async fn a_researchers_file_becomes_drafts_and_twice_the_same_file_nothing_new() {
    each_engine("a_researchers_file_becomes_drafts_and_twice_the_same_file_nothing_new", async |world| {
        let people = People::join(&world.store).await;
        let rows = [row(2, "A messenger"), row(3, "Another")];
        let done = world.store.import_cases(&people.researcher, import(&rows), at(1)).await.unwrap();
        let Imported { id: Some(id), new: 2, same: 0 } = done else { panic!("{done:?}") };
        let cases = world.store.imported_cases(&people.researcher, &id).await.unwrap();
        assert_eq!(cases.iter().map(|case| case.number).collect::<Vec<_>>(), [2, 3]);
        for case in &cases {
            let (held, _) = world.store.case(&people.researcher, &case.case).await.unwrap();
            assert_eq!((held.entrant.as_str(), held.reference), (people.researcher.id.as_str(), None));
            assert_eq!(held.draft.title, format!("Row {}", case.number));
        }
        let head = world.store.head().await.unwrap();

        let again = world.store.import_cases(&people.researcher, import(&rows), at(2)).await.unwrap();
        assert_eq!(again, Imported { id: None, new: 0, same: 2 });
        let more = [rows[1].clone(), row(4, "A third")];
        assert_eq!(world.store.unknown_rows(&people.researcher, &more).await.unwrap(), [1]);
        let more = world.store.import_cases(&people.researcher, import(&more), at(3)).await.unwrap();
        assert_eq!((more.new, more.same), (1, 1));
        assert_eq!(
            number(world, "SELECT COUNT(*) FROM desk_import").await,
            2,
            "nothing new leaves no import"
        );
        assert_eq!(world.store.head().await.unwrap(), head, "nothing became public");
    })
    .await;
}

#[tokio::test]
async fn what_looks_alike_is_told_and_other_organisations_do_not_share_rows() {
    each_engine("what_looks_alike_is_told_and_other_organisations_do_not_share_rows", async |world| {
        let people = People::join(&world.store).await;
        let rows = [row(2, "A messenger"), row(3, "A messenger")];
        let done = world.store.import_cases(&people.researcher, import(&rows), at(1)).await.unwrap();
        let id = done.id.unwrap();
        let cases = world.store.imported_cases(&people.researcher, &id).await.unwrap();
        assert_eq!(cases[0].likely[0].title, "Row 3");
        let elsewhere = world.store.import_cases(&people.stranger, import(&rows), at(2)).await.unwrap();
        assert_eq!((elsewhere.new, elsewhere.same), (2, 0));
        let theirs = world.store.imported_cases(&people.stranger, &id).await;
        assert!(matches!(theirs, Err(StoreError::NotFound)), "{theirs:?}");
    })
    .await;
}

#[tokio::test]
async fn only_who_enters_cases_imports_them() {
    each_engine("only_who_enters_cases_imports_them", async |world| {
        let people = People::join(&world.store).await;
        let rows = [row(2, "A messenger")];
        for role in [Role::Analyst, Role::Manager, Role::Steward] {
            let member = Member { role, ..people.researcher.clone() };
            let refused = world.store.import_cases(&member, import(&rows), at(1)).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)), "{refused:?}");
        }
        assert_eq!(number(world, "SELECT COUNT(*) FROM desk_import_row").await, 0);
    })
    .await;
}
