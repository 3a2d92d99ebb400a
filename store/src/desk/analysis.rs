//! The analysis of a case: holding what it says of treaties against the record, in the transaction of
//! the step that would hand it on.

use domain::FieldError;
use domain::incident::{Draft, OnRecord};
use domain::standing::Groups;
use domain::treaty::{GroupMember, Library, Provision};
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, Row};

use super::Case;
use crate::error::Result;
use crate::{CURRENT, Store, StoreError};

const TREATIES: &str = "SELECT content FROM record_treaty WHERE edition_to = $1 ORDER BY position";
const PROVISIONS: &str =
    "SELECT content FROM record_provision WHERE edition_to = $1 ORDER BY treaty, position";
const COUNTRIES: &str = "SELECT content FROM record_country WHERE edition_to = $1 ORDER BY id";
const GROUP_MEMBERS: &str = "SELECT content FROM record_group_member WHERE edition_to = $1 ORDER BY id";
const ACTIONS: &str =
    "SELECT content FROM record_action WHERE country = $2 AND edition_to = $1 ORDER BY position";

pub(super) const QUERIES: &[&str] = &[TREATIES, PROVISIONS, COUNTRIES, GROUP_MEMBERS, ACTIONS];

impl Store {
    /// What is on record that the analysis of `draft` can be held against.
    pub async fn on_record(&self, draft: &Draft) -> Result<OnRecord> {
        let mut connection = self.desk_pool().acquire().await?;
        on_record(&mut connection, draft).await
    }

    /// `errors` of the draft's check, with what the record contradicts of its treaty links.
    pub async fn and_contradicted(&self, draft: &Draft, errors: Vec<FieldError>) -> Result<Vec<FieldError>> {
        let mut connection = self.desk_pool().acquire().await?;
        Ok(against_links(&mut connection, draft).await?.and_others(draft, errors))
    }
}

/// What a step makes of the draft, unless the record contradicts its treaty links: everything that is wrong is named.
pub(crate) async fn unless_contradicted<T>(
    connection: &mut AnyConnection,
    case: &Case,
    checked: Result<T, Vec<FieldError>>,
) -> Result<T> {
    let record = against_links(connection, &case.draft).await?;
    match checked {
        Ok(value) => {
            let errors = record.contradictions(&case.draft);
            if errors.is_empty() { Ok(value) } else { Err(StoreError::Refused(errors)) }
        }
        Err(errors) => Err(StoreError::Refused(record.and_others(&case.draft, errors))),
    }
}

/// What the draft's treaty links are held against. Most cases have none: then there is nothing to read.
async fn against_links(connection: &mut AnyConnection, draft: &Draft) -> Result<OnRecord> {
    if draft.links.is_empty() { Ok(OnRecord::default()) } else { on_record(connection, draft).await }
}

async fn on_record(connection: &mut AnyConnection, draft: &Draft) -> Result<OnRecord> {
    let treaties = all(connection, TREATIES, None).await?;
    let provisions: Vec<Provision> = all(connection, PROVISIONS, None).await?;
    let members: Vec<GroupMember> = all(connection, GROUP_MEMBERS, None).await?;
    let mut actions = Vec::new();
    for state in draft.answerable() {
        actions.push((state, all(connection, ACTIONS, Some(state.as_str())).await?));
    }
    Ok(OnRecord {
        library: Library::new(&treaties, &provisions),
        treaties,
        countries: all(connection, COUNTRIES, None).await?,
        groups: Groups::new(members),
        actions,
    })
}

async fn all<T: DeserializeOwned>(
    connection: &mut AnyConnection,
    query: &'static str,
    of: Option<&str>,
) -> Result<Vec<T>> {
    let mut query = sqlx::query(query).bind(CURRENT);
    if let Some(of) = of {
        query = query.bind(of.to_owned());
    }
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| Ok(serde_json::from_str(&row.try_get::<String, _>(0)?)?)).collect()
}
