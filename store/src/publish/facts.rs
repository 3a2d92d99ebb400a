//! Facts (treaties, provisions, actions, areas, groups, coverage, indicators) through the one door: added, changed, ended,
//! any number of them in one edition. Nothing is deleted: what ends stays in the editions in which it stood.

use std::collections::BTreeMap;

use domain::error::{FieldError, Problem};
use domain::fact::{Fact, FactAction, FactKind, may_on_facts};
use domain::standing::{settle, unsettle};
use domain::treaty::{Treaty, TreatyAction};
use sqlx::{Any, Row, Transaction};

use super::{add_edition, next_edition};
use crate::desk::audit::{self, Entry};
use crate::desk::{Member, take_proposal};
use crate::error::Result;
use crate::record::Cause;
use crate::{CURRENT, Store, StoreError, new_id, text};

/// The statements that reach the facts of one kind.
struct Table {
    /// The version that stands: its key, content and place.
    stands: &'static str,
    /// Ends it.
    close: &'static str,
    /// What points to it.
    uses: Option<&'static str>,
}

macro_rules! table {
    ($name:literal, $id:literal, $version:literal, $position:literal, $uses:expr) => {
        Table {
            stands: concat!(
                "SELECT ",
                $version,
                ", content, ",
                $position,
                " FROM ",
                $name,
                " WHERE ",
                $id,
                " = $1 AND edition_to = $2"
            ),
            close: concat!(
                "UPDATE ",
                $name,
                " SET edition_to = $2 WHERE ",
                $version,
                " = $1 AND edition_to = $3"
            ),
            uses: $uses,
        }
    };
}

const USES_OF_TREATY: &str = "SELECT (SELECT COUNT(*) FROM record_action WHERE treaty = $1 AND edition_to = $2) \
     + (SELECT COUNT(*) FROM record_provision WHERE treaty = $1 AND edition_to = $2) \
     + (SELECT COUNT(*) FROM record_incident i JOIN record_incident_facet f ON f.version_id = i.version_id \
        WHERE i.edition_to = $2 AND f.facet = 'treaty' AND f.value = $1)";
const USES_OF_AREA: &str = "SELECT (SELECT COUNT(*) FROM record_action WHERE country = $1 AND edition_to = $2) \
     + (SELECT COUNT(*) FROM record_incident i JOIN record_incident_facet f ON f.version_id = i.version_id \
        WHERE i.edition_to = $2 AND f.facet = 'country' AND f.value = $1) \
     + (SELECT COUNT(*) FROM record_observation o JOIN record_release r ON r.id = o.release_id \
        WHERE r.edition_to = $2 AND o.country = $1)";

const ACTIONS: Table = table!("record_action", "id", "version_id", "position", None);
const PROVISIONS: Table = table!("record_provision", "id", "version_id", "position", None);
const TREATIES: Table = table!("record_treaty", "id", "version_id", "position", Some(USES_OF_TREATY));
const COVERAGE: Table = table!("record_coverage", "id", "version_id", "CAST(0 AS BIGINT)", None);
const AREAS: Table = table!("record_country", "id", "version_id", "CAST(0 AS BIGINT)", Some(USES_OF_AREA));
const GROUPS: Table = table!("record_group_member", "id", "version_id", "CAST(0 AS BIGINT)", None);
const INDICATORS: Table = table!("record_release", "indicator", "id", "CAST(0 AS BIGINT)", None);

const ADD_AREA: &str = "INSERT INTO record_country (version_id, id, edition_from, edition_to, content) \
     VALUES ($1, $2, $3, $4, $5)";
const ADD_COVERAGE: &str = "INSERT INTO record_coverage (version_id, id, edition_from, edition_to, content) \
     VALUES ($1, $2, $3, $4, $5)";
const ADD_GROUP: &str = "INSERT INTO record_group_member (version_id, id, edition_from, edition_to, content, checked) \
     VALUES ($1, $2, $3, $4, $5, $6)";
const ADD_TREATY: &str = "INSERT INTO record_treaty (version_id, id, edition_from, edition_to, content, checked, position) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ADD_PROVISION: &str = "INSERT INTO record_provision (version_id, id, edition_from, edition_to, content, checked, \
     position, treaty) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ADD_ACTION: &str = "INSERT INTO record_action (version_id, id, edition_from, edition_to, content, checked, position, \
     treaty, country) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
// A release is what observations stand under, so another wording of the indicator takes them along.
const ADD_RELEASE: &str = "INSERT INTO record_release (id, indicator, edition_from, edition_to, content, hash) \
     SELECT $1, indicator, $3, $4, $5, hash FROM record_release WHERE id = $2";
const TAKE_OBSERVATIONS: &str = "INSERT INTO record_observation (release_id, country, period, value, low, high) \
     SELECT $1, country, period, value, low, high FROM record_observation WHERE release_id = $2";
const NEXT_TREATY: &str = "SELECT COALESCE(MAX(position), -1) + 1 FROM record_treaty";
const NEXT_PROVISION: &str = "SELECT COALESCE(MAX(position), -1) + 1 FROM record_provision";
const NEXT_ACTION: &str = "SELECT COALESCE(MAX(position), -1) + 1 FROM record_action";
const ACTIONS_UNDER: &str = "SELECT id, version_id, content, position FROM record_action \
     WHERE treaty = $1 AND edition_to = $2 ORDER BY position, id";

pub(super) const QUERIES: &[&str] = &[
    ACTIONS.stands,
    ACTIONS.close,
    PROVISIONS.stands,
    PROVISIONS.close,
    TREATIES.stands,
    TREATIES.close,
    USES_OF_TREATY,
    COVERAGE.stands,
    COVERAGE.close,
    AREAS.stands,
    AREAS.close,
    USES_OF_AREA,
    GROUPS.stands,
    GROUPS.close,
    INDICATORS.stands,
    INDICATORS.close,
    ADD_AREA,
    ADD_COVERAGE,
    ADD_GROUP,
    ADD_TREATY,
    ADD_PROVISION,
    ADD_ACTION,
    ADD_RELEASE,
    TAKE_OBSERVATIONS,
    NEXT_TREATY,
    NEXT_PROVISION,
    NEXT_ACTION,
    ACTIONS_UNDER,
];

/// A change of one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct FactChange {
    /// What it is about.
    pub kind: FactKind,
    /// The fact; `None` adds one.
    pub id: Option<String>,
    /// The version that was looked at: where another stands by now, nothing is changed.
    pub seen: String,
    /// As it shall stand; `None` ends it.
    pub to: Option<Fact>,
}

impl Store {
    /// Publishes changes of facts as one edition, whose number it gives. `reason` is public. With a proposal, that
    /// one counts as taken.
    pub async fn change_facts(
        &self,
        by: &Member,
        changes: Vec<FactChange>,
        reason: &str,
        proposal: Option<&str>,
        at: jiff::Timestamp,
    ) -> Result<i64> {
        if !may_on_facts(by.role, FactAction::Change) {
            return Err(StoreError::Forbidden);
        }
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        let subject = match &changes[..] {
            [FactChange { kind, id: Some(id), .. }] => format!("{}/{id}", kind.slug()),
            [one] => one.kind.slug().to_owned(),
            many => format!("{} facts", many.len()),
        };
        write_facts(&mut tx, edition, changes).await?;
        add_edition(&mut tx, edition, Cause::Facts, None, reason, at).await?;
        let subject = format!("edition {edition}: {subject}");
        let entry = Entry { act: "facts changed", actor: &by.id, subject: &subject, reason };
        audit::append(&mut tx, at, entry).await?;
        if let Some(proposal) = proposal {
            take_proposal(&mut tx, by, proposal, edition, at).await?;
        }
        tx.commit().await?;
        Ok(edition)
    }
}

/// Writes changes into an edition that is being made. Actions are settled anew wherever one of them or the treaty
/// changed, so that a computed day of effect never outlives what it was computed from.
pub(crate) async fn write_facts(
    tx: &mut Transaction<'_, Any>,
    edition: i64,
    changes: Vec<FactChange>,
) -> Result<()> {
    let mut written = 0;
    let mut actions: BTreeMap<String, Vec<FactChange>> = BTreeMap::new();
    for change in changes {
        match (&change.kind, &change.to) {
            (FactKind::Action, _) => {
                let treaty = treaty_of(tx, &change).await?;
                actions.entry(treaty).or_default().push(change);
            }
            (_, to) => {
                if let Some(Fact::Treaty(treaty)) = to {
                    actions.entry(treaty.slug.to_string()).or_default();
                }
                written += u64::from(write_one(tx, edition, change).await?);
            }
        }
    }
    for (treaty, changes) in actions {
        written += write_actions(tx, edition, &treaty, changes).await?;
    }
    if written == 0 {
        return Err(refused("reason", Problem::Unchanged));
    }
    Ok(())
}

/// Writes one fact that is no action; whether anything is different.
async fn write_one(tx: &mut Transaction<'_, Any>, edition: i64, change: FactChange) -> Result<bool> {
    let table = table_of(change.kind);
    let Some(id) = &change.id else {
        let Some(fact) = change.to else { return Ok(false) };
        if change.kind == FactKind::Indicator {
            // A series without observations would be nothing to look at: it comes with its file.
            return Err(StoreError::Forbidden);
        }
        let id = fact.own_id().unwrap_or_else(new_id);
        if sqlx::query(table.stands).bind(text(&id)).bind(CURRENT).fetch_optional(&mut **tx).await?.is_some()
        {
            return Err(refused(name_of(change.kind), Problem::AlreadyThere));
        }
        let position = next_position(tx, change.kind).await?;
        insert_fact(tx, edition, &id, &fact, position).await?;
        return Ok(true);
    };
    let row = sqlx::query(table.stands).bind(text(id)).bind(CURRENT).fetch_optional(&mut **tx).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let (version, content, position): (String, String, i64) =
        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    if version != change.seen {
        return Err(StoreError::WrongState);
    }
    let Some(fact) = change.to else {
        if let Some(uses) = table.uses {
            let count = sqlx::query(uses).bind(text(id)).bind(CURRENT).fetch_one(&mut **tx).await?;
            let count: i64 = count.try_get(0)?;
            if count > 0 {
                return Err(refused("reason", Problem::InUse { count }));
            }
        }
        close(tx, table, &version, edition).await?;
        return Ok(true);
    };
    if fact.own_id().is_some_and(|own| own != *id) {
        return Err(refused(name_of(change.kind), Problem::Unchanged));
    }
    if serde_json::to_string(&fact)? == content {
        return Ok(false);
    }
    close(tx, table, &version, edition).await?;
    if let Fact::Indicator(indicator) = &fact {
        let release = new_id();
        sqlx::query(ADD_RELEASE)
            .bind(release.clone())
            .bind(version.clone())
            .bind(edition)
            .bind(CURRENT)
            .bind(serde_json::to_string(indicator)?)
            .execute(&mut **tx)
            .await?;
        sqlx::query(TAKE_OBSERVATIONS).bind(release).bind(version).execute(&mut **tx).await?;
    } else {
        insert_fact(tx, edition, id, &fact, position).await?;
    }
    Ok(true)
}

/// An action as it stands.
struct Standing {
    version: String,
    content: String,
    position: i64,
}

/// Writes the changes of a treaty's actions, and every other action of it whose day of effect comes out differently;
/// how many were written.
async fn write_actions(
    tx: &mut Transaction<'_, Any>,
    edition: i64,
    treaty: &str,
    changes: Vec<FactChange>,
) -> Result<u64> {
    let treaty_row = sqlx::query(TREATIES.stands).bind(text(treaty)).bind(CURRENT);
    let treaty_row = treaty_row.fetch_optional(&mut **tx).await?.ok_or(StoreError::NotFound)?;
    let treaty: Treaty = serde_json::from_str(&treaty_row.try_get::<String, _>(1)?)?;
    let mut stand: BTreeMap<String, Standing> = BTreeMap::new();
    let mut actions: Vec<(String, TreatyAction)> = Vec::new();
    let rows = sqlx::query(ACTIONS_UNDER).bind(treaty.slug.to_string()).bind(CURRENT);
    for row in rows.fetch_all(&mut **tx).await? {
        let (id, content): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        actions.push((id.clone(), serde_json::from_str(&content)?));
        stand.insert(id, Standing { version: row.try_get(1)?, content, position: row.try_get(3)? });
    }
    let mut written = 0;
    for change in changes {
        match (&change.id, change.to) {
            (None, Some(Fact::Action(action))) => {
                if actions.iter().any(|(_, other)| is_the_same(other, &action)) {
                    return Err(refused("done", Problem::AlreadyThere));
                }
                actions.push((new_id(), action));
            }
            (Some(id), to) => {
                let stands = stand.get(id).ok_or(StoreError::NotFound)?;
                if stands.version != change.seen {
                    return Err(StoreError::WrongState);
                }
                let at = actions.iter().position(|(other, _)| other == id).ok_or(StoreError::NotFound)?;
                match to {
                    Some(Fact::Action(action)) => actions[at].1 = action,
                    _ => {
                        actions.remove(at);
                        close(tx, &ACTIONS, &stands.version, edition).await?;
                        written += 1;
                    }
                }
            }
            _ => {}
        }
    }
    let mut next = next_position(tx, FactKind::Action).await?;
    let (ids, actions): (Vec<String>, Vec<TreatyAction>) = actions.into_iter().unzip();
    for (id, action) in ids.into_iter().zip(settle(&treaty, unsettle(actions))) {
        let fact = Fact::Action(action);
        let position = match stand.get(&id) {
            Some(stands) if stands.content == serde_json::to_string(&fact)? => continue,
            Some(stands) => {
                close(tx, &ACTIONS, &stands.version, edition).await?;
                stands.position
            }
            None => {
                next += 1;
                next - 1
            }
        };
        insert_fact(tx, edition, &id, &fact, position).await?;
        written += 1;
    }
    Ok(written)
}

/// The same act, told by the same words: what is not added twice.
fn is_the_same(one: &TreatyAction, other: &TreatyAction) -> bool {
    one.country == other.country
        && one.kind == other.kind
        && one.done == other.done
        && one.through == other.through
        && one.provisions == other.provisions
        && one.text == other.text
        && one.source_url == other.source_url
}

/// The treaty of an action that is added, changed or ended.
async fn treaty_of(tx: &mut Transaction<'_, Any>, change: &FactChange) -> Result<String> {
    if let Some(treaty) = change.to.as_ref().and_then(Fact::treaty) {
        return Ok(treaty.to_string());
    }
    let id = change.id.as_deref().unwrap_or_default();
    let row = sqlx::query(ACTIONS.stands).bind(text(id)).bind(CURRENT).fetch_optional(&mut **tx).await?;
    let content: String = row.ok_or(StoreError::NotFound)?.try_get(1)?;
    Ok(serde_json::from_str::<TreatyAction>(&content)?.treaty.to_string())
}

/// Writes a fact as it stands from this edition on. Releases of indicators have a way of their own.
pub(crate) async fn insert_fact(
    tx: &mut Transaction<'_, Any>,
    edition: i64,
    id: &str,
    fact: &Fact,
    position: i64,
) -> Result<()> {
    let sql = match fact {
        Fact::Action(_) => ADD_ACTION,
        Fact::Provision(_) => ADD_PROVISION,
        Fact::Treaty(_) => ADD_TREATY,
        Fact::Coverage(_) => ADD_COVERAGE,
        Fact::Area(_) => ADD_AREA,
        Fact::Group(_) => ADD_GROUP,
        Fact::Indicator(_) => return Err(StoreError::Forbidden),
    };
    let query = sqlx::query(sql)
        .bind(new_id())
        .bind(text(id))
        .bind(edition)
        .bind(CURRENT)
        .bind(serde_json::to_string(fact)?);
    let query = match fact.checked() {
        Some(checked) => query.bind(i64::from(checked)),
        None => query,
    };
    let query = match fact {
        Fact::Treaty(_) => query.bind(position),
        Fact::Provision(provision) => query.bind(position).bind(provision.treaty.to_string()),
        Fact::Action(action) => {
            query.bind(position).bind(action.treaty.to_string()).bind(action.country.to_string())
        }
        _ => query,
    };
    query.execute(&mut **tx).await?;
    Ok(())
}

async fn close(tx: &mut Transaction<'_, Any>, table: &Table, version: &str, edition: i64) -> Result<()> {
    sqlx::query(table.close).bind(version.to_owned()).bind(edition).bind(CURRENT).execute(&mut **tx).await?;
    Ok(())
}

async fn next_position(tx: &mut Transaction<'_, Any>, kind: FactKind) -> Result<i64> {
    let sql = match kind {
        FactKind::Action => NEXT_ACTION,
        FactKind::Provision => NEXT_PROVISION,
        FactKind::Treaty => NEXT_TREATY,
        _ => return Ok(0),
    };
    Ok(sqlx::query(sql).fetch_one(&mut **tx).await?.try_get(0)?)
}

fn table_of(kind: FactKind) -> &'static Table {
    match kind {
        FactKind::Action => &ACTIONS,
        FactKind::Provision => &PROVISIONS,
        FactKind::Treaty => &TREATIES,
        FactKind::Coverage => &COVERAGE,
        FactKind::Area => &AREAS,
        FactKind::Group => &GROUPS,
        FactKind::Indicator => &INDICATORS,
    }
}

/// The field by which a kind is named.
fn name_of(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Action => "done",
        FactKind::Provision => "number",
        FactKind::Treaty => "slug",
        FactKind::Coverage => "source",
        FactKind::Area | FactKind::Indicator => "code",
        FactKind::Group => "group",
    }
}

fn refused(field: &str, problem: Problem) -> StoreError {
    StoreError::Refused(vec![FieldError::new(field, problem)])
}
