//! Facts as the desk works on them: each with its key, its version and what it said before.

use domain::fact::{Fact, FactKind};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{FactFilter, FactLine, Record};
use crate::error::Result;
use crate::{CURRENT, StoreError, text};

/// The statements that read the facts of one kind.
struct Queries {
    /// A page of those that stand.
    list: &'static str,
    /// One that stands.
    one: &'static str,
    /// Every version of one, newest first.
    history: &'static str,
}

// What a kind has no column for, it is never asked by: `treaty` and `country` stand for the condition on $2 and $3.
macro_rules! queries {
    ($name:literal, $id:literal, $version:literal, treaty $treaty:literal, country $country:literal, order $order:literal) => {
        Queries {
            list: concat!(
                "SELECT ",
                $id,
                ", ",
                $version,
                ", edition_from, edition_to, content FROM ",
                $name,
                " WHERE edition_from <= $1 AND $1 < edition_to AND ($2 = '' OR ",
                $treaty,
                ") AND ($3 = '' OR ",
                $country,
                ") AND ($4 = '' OR (",
                $order,
                ") > (SELECT ",
                $order,
                " FROM ",
                $name,
                " WHERE ",
                $id,
                " = $4 AND edition_from <= $1 AND $1 < edition_to)) ORDER BY ",
                $order,
                " LIMIT $5"
            ),
            one: concat!(
                "SELECT ",
                $id,
                ", ",
                $version,
                ", edition_from, edition_to, content FROM ",
                $name,
                " WHERE ",
                $id,
                " = $2 AND edition_from <= $1 AND $1 < edition_to"
            ),
            history: concat!(
                "SELECT ",
                $id,
                ", ",
                $version,
                ", edition_from, edition_to, content FROM ",
                $name,
                " WHERE ",
                $id,
                " = $2 AND edition_from <= $1 ORDER BY edition_from DESC"
            ),
        }
    };
}

const ACTIONS: Queries = queries!("record_action", "id", "version_id", treaty "treaty = $2", country "country = $3",
    order "treaty, country, position, id");
const PROVISIONS: Queries = queries!("record_provision", "id", "version_id", treaty "treaty = $2", country "$3 = ''",
    order "treaty, position, id");
const TREATIES: Queries = queries!("record_treaty", "id", "version_id", treaty "id = $2", country "$3 = ''",
    order "position, id");
const COVERAGE: Queries =
    queries!("record_coverage", "id", "version_id", treaty "$2 = ''", country "$3 = ''", order "id");
const AREAS: Queries =
    queries!("record_country", "id", "version_id", treaty "$2 = ''", country "id = $3", order "id");
// Keys of memberships that came with the starter record say group and country; so do patterns over their content.
const GROUPS: Queries = queries!("record_group_member", "id", "version_id", treaty "$2 = ''",
    country "content LIKE '%\"country\":\"' || $3 || '\"%'", order "id");
const INDICATORS: Queries =
    queries!("record_release", "indicator", "id", treaty "$2 = ''", country "$3 = ''", order "indicator");

// Every fact that nobody checked yet, of the four kinds that carry the mark.
macro_rules! unchecked {
    ($($what:literal),+) => {
        concat!(
            $($what,)+
            " FROM (SELECT 'actions' AS kind, id, version_id, edition_from, edition_to, content, treaty FROM record_action \
             WHERE checked = 0 UNION ALL SELECT 'provisions', id, version_id, edition_from, edition_to, content, treaty \
             FROM record_provision WHERE checked = 0 UNION ALL SELECT 'treaties', id, version_id, edition_from, \
             edition_to, content, id FROM record_treaty WHERE checked = 0 UNION ALL SELECT 'groups', id, version_id, \
             edition_from, edition_to, content, '' FROM record_group_member WHERE checked = 0) u \
             WHERE edition_from <= $1 AND $1 < edition_to"
        )
    };
}
const UNCHECKED: &str = concat!(
    unchecked!("SELECT id, version_id, edition_from, edition_to, content, kind"),
    " AND ($2 = '' OR kind = $2) AND ($3 = '' OR treaty = $3) AND (kind > $4 OR (kind = $4 AND id > $5)) \
     ORDER BY kind, id LIMIT $6"
);
const COUNT_UNCHECKED: &str = concat!(unchecked!("SELECT kind, COUNT(*)"), " GROUP BY kind");

pub(super) fn queries() -> Vec<&'static str> {
    let all = [ACTIONS, PROVISIONS, TREATIES, COVERAGE, AREAS, GROUPS, INDICATORS];
    let mut queries = vec![UNCHECKED, COUNT_UNCHECKED];
    queries.extend(all.iter().flat_map(|of| [of.list, of.one, of.history]));
    queries
}

impl Record {
    /// A page of the facts of one kind.
    pub async fn facts(&self, kind: FactKind, filter: &FactFilter) -> Result<Vec<FactLine>> {
        let rows = sqlx::query(queries_of(kind).list)
            .bind(self.edition)
            .bind(text(&filter.treaty))
            .bind(text(&filter.country))
            .bind(text(&filter.after))
            .bind(filter.limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| line(row, kind)).collect()
    }

    /// One fact.
    pub async fn fact(&self, kind: FactKind, id: &str) -> Result<Option<FactLine>> {
        let query = sqlx::query(queries_of(kind).one).bind(self.edition).bind(text(id));
        query.fetch_optional(&self.pool).await?.map(|row| line(&row, kind)).transpose()
    }

    /// Every version of a fact up to this edition, newest first.
    pub async fn fact_history(&self, kind: FactKind, id: &str) -> Result<Vec<FactLine>> {
        let query = sqlx::query(queries_of(kind).history).bind(self.edition).bind(text(id));
        query.fetch_all(&self.pool).await?.iter().map(|row| line(row, kind)).collect()
    }

    /// A page of what is not yet checked, by kind and key: of one kind, of one treaty, or all. `after` is the kind and
    /// key of the last one shown.
    pub async fn unchecked(
        &self,
        kind: Option<FactKind>,
        treaty: &str,
        after: (&str, &str),
        limit: i64,
    ) -> Result<Vec<FactLine>> {
        let rows = sqlx::query(UNCHECKED)
            .bind(self.edition)
            .bind(kind.map_or("", FactKind::slug))
            .bind(text(treaty))
            .bind(text(after.0))
            .bind(text(after.1))
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        let one = |row: &AnyRow| line(row, kind_of(row.try_get(5)?)?);
        rows.iter().map(one).collect()
    }

    /// How many of each kind are not yet checked.
    pub async fn count_unchecked(&self) -> Result<Vec<(FactKind, i64)>> {
        let rows = sqlx::query(COUNT_UNCHECKED).bind(self.edition).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((kind_of(row.try_get(0)?)?, row.try_get(1)?))).collect()
    }
}

fn queries_of(kind: FactKind) -> &'static Queries {
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

fn kind_of(slug: String) -> Result<FactKind> {
    slug.parse().map_err(|_| StoreError::Unreadable(slug))
}

fn line(row: &AnyRow, kind: FactKind) -> Result<FactLine> {
    fn read<T: DeserializeOwned>(content: &str) -> Result<T> {
        Ok(serde_json::from_str(content)?)
    }
    let content: String = row.try_get(4)?;
    let fact = match kind {
        FactKind::Action => Fact::Action(read(&content)?),
        FactKind::Provision => Fact::Provision(read(&content)?),
        FactKind::Treaty => Fact::Treaty(read(&content)?),
        FactKind::Coverage => Fact::Coverage(read(&content)?),
        FactKind::Area => Fact::Area(read(&content)?),
        FactKind::Group => Fact::Group(read(&content)?),
        FactKind::Indicator => Fact::Indicator(read(&content)?),
    };
    let edition_to: i64 = row.try_get(3)?;
    Ok(FactLine {
        id: row.try_get(0)?,
        version: row.try_get(1)?,
        edition_from: row.try_get(2)?,
        edition_to: (edition_to != CURRENT).then_some(edition_to),
        fact,
    })
}
