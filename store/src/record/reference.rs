//! Reference data: countries, treaties, provisions, treaty actions, groups, coverage.

use domain::country::{Country, CountryCode};
use domain::indicator::Coverage;
use domain::standing::Groups;
use domain::treaty::{GroupMember, Provision, Treaty, TreatyAction};

use super::{Record, content};
use crate::error::Result;

const COUNTRIES: &str =
    "SELECT content FROM record_country WHERE edition_from <= $1 AND $1 < edition_to ORDER BY id";
const COUNTRY: &str =
    "SELECT content FROM record_country WHERE id = $2 AND edition_from <= $1 AND $1 < edition_to";
const TREATIES: &str =
    "SELECT content FROM record_treaty WHERE edition_from <= $1 AND $1 < edition_to ORDER BY position";
const TREATY: &str =
    "SELECT content FROM record_treaty WHERE id = $2 AND edition_from <= $1 AND $1 < edition_to";
const PROVISIONS: &str = "SELECT content FROM record_provision \
     WHERE treaty = $2 AND edition_from <= $1 AND $1 < edition_to ORDER BY position";
const ALL_PROVISIONS: &str = "SELECT content FROM record_provision \
     WHERE edition_from <= $1 AND $1 < edition_to ORDER BY treaty, position";
const ACTIONS_OF_COUNTRY: &str = "SELECT content FROM record_action \
     WHERE country = $2 AND edition_from <= $1 AND $1 < edition_to ORDER BY position";
const ACTIONS_UNDER_TREATY: &str = "SELECT content FROM record_action \
     WHERE treaty = $2 AND edition_from <= $1 AND $1 < edition_to ORDER BY position";
const GROUP_MEMBERS: &str =
    "SELECT content FROM record_group_member WHERE edition_from <= $1 AND $1 < edition_to ORDER BY id";
const COVERAGE: &str =
    "SELECT content FROM record_coverage WHERE edition_from <= $1 AND $1 < edition_to ORDER BY id";

pub(super) const QUERIES: &[&str] = &[
    COUNTRIES,
    COUNTRY,
    TREATIES,
    TREATY,
    PROVISIONS,
    ALL_PROVISIONS,
    ACTIONS_OF_COUNTRY,
    ACTIONS_UNDER_TREATY,
    GROUP_MEMBERS,
    COVERAGE,
];

impl Record {
    /// Every country and area, by code.
    pub async fn countries(&self) -> Result<Vec<Country>> {
        self.all(COUNTRIES).await
    }

    /// One country or area.
    pub async fn country(&self, code: CountryCode) -> Result<Option<Country>> {
        Ok(self.all_of(COUNTRY, code.as_str()).await?.pop())
    }

    /// Every instrument, in the record's order.
    pub async fn treaties(&self) -> Result<Vec<Treaty>> {
        self.all(TREATIES).await
    }

    /// One instrument.
    pub async fn treaty(&self, slug: &str) -> Result<Option<Treaty>> {
        Ok(self.all_of(TREATY, slug).await?.pop())
    }

    /// A treaty's provisions, in order.
    pub async fn provisions(&self, treaty: &str) -> Result<Vec<Provision>> {
        self.all_of(PROVISIONS, treaty).await
    }

    /// Every treaty's provisions, each treaty's in order.
    pub async fn all_provisions(&self) -> Result<Vec<Provision>> {
        self.all(ALL_PROVISIONS).await
    }

    /// Every action of one country, settled, also those that are not used.
    pub async fn actions_of_country(&self, code: CountryCode) -> Result<Vec<TreatyAction>> {
        self.all_of(ACTIONS_OF_COUNTRY, code.as_str()).await
    }

    /// Every action under one treaty, settled, also those that are not used.
    pub async fn actions_under_treaty(&self, treaty: &str) -> Result<Vec<TreatyAction>> {
        self.all_of(ACTIONS_UNDER_TREATY, treaty).await
    }

    /// Who belonged to the groups that treaties are open to.
    pub async fn groups(&self) -> Result<Groups> {
        Ok(Groups::new(self.all::<GroupMember>(GROUP_MEMBERS).await?))
    }

    /// What each source of incidents declares to watch.
    pub async fn coverage(&self) -> Result<Vec<Coverage>> {
        self.all(COVERAGE).await
    }

    async fn all<T: serde::de::DeserializeOwned>(&self, query: &'static str) -> Result<Vec<T>> {
        let rows = sqlx::query(query).bind(self.edition).fetch_all(&self.pool).await?;
        rows.iter().map(|row| content(row, 0)).collect()
    }

    async fn all_of<T: serde::de::DeserializeOwned>(&self, query: &'static str, of: &str) -> Result<Vec<T>> {
        let rows = sqlx::query(query).bind(self.edition).bind(crate::text(of)).fetch_all(&self.pool).await?;
        rows.iter().map(|row| content(row, 0)).collect()
    }
}
