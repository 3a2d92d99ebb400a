//! The record: what was published, read as of an edition, through a pool that cannot write.
//!
//! An answer is a function of what is asked, the edition, the day and the withdrawals; so a [`Record`] carries
//! those and every reader below goes through it.

mod editions;
mod evidence;
mod facts;
mod incidents;
mod indicators;
mod reference;
mod replies;
mod types;

pub(crate) use incidents::facets;
pub use types::*;

use domain::Day;
use sqlx::{AnyPool, Row};

use crate::Store;
use crate::error::Result;

/// The record as of one edition. Cheap to make: one query.
#[derive(Clone, Debug)]
pub struct Record {
    pool: AnyPool,
    head: Head,
    edition: i64,
    day: Day,
    methodology: String,
}

const HEAD: &str = "SELECT edition, withdrawals FROM record_head WHERE one = 1";
const EDITION: &str = "SELECT day, methodology FROM record_edition WHERE number = $1";

/// Every query of this half, for the tests that prepare and explain each on both engines.
pub fn queries() -> Vec<&'static str> {
    let mut all = vec![HEAD, EDITION];
    all.extend(editions::QUERIES);
    all.extend(evidence::QUERIES);
    all.extend(facts::queries());
    all.extend(incidents::QUERIES);
    all.extend(indicators::QUERIES);
    all.extend(reference::QUERIES);
    all.extend(replies::QUERIES);
    all
}

impl Store {
    /// The newest edition and the number of withdrawals.
    pub async fn head(&self) -> Result<Head> {
        let row = sqlx::query(HEAD).fetch_one(self.record_pool()).await?;
        Ok(Head { edition: row.try_get(0)?, withdrawals: row.try_get(1)? })
    }

    /// The record as it stands, for readers of `today`.
    pub fn live(&self, head: Head, today: Day) -> Record {
        Record {
            pool: self.record_pool().clone(),
            head,
            edition: head.edition,
            day: today,
            methodology: crate::METHODOLOGY.to_owned(),
        }
    }

    /// The record as it stood in edition `number`: the day is the one it was published on. `None` where there is
    /// no such edition.
    pub async fn as_of(&self, head: Head, number: i64) -> Result<Option<Record>> {
        let Some(row) = sqlx::query(EDITION).bind(number).fetch_optional(self.record_pool()).await? else {
            return Ok(None);
        };
        Ok(Some(Record {
            pool: self.record_pool().clone(),
            head,
            edition: number,
            day: day(&row, 0)?,
            methodology: row.try_get(1)?,
        }))
    }
}

impl Record {
    /// The edition it answers as of.
    pub fn edition(&self) -> i64 {
        self.edition
    }

    /// The newest edition there is, and the withdrawals that hold for every edition.
    pub fn head(&self) -> Head {
        self.head
    }

    /// It answers as of the newest edition.
    pub fn is_live(&self) -> bool {
        self.edition == self.head.edition
    }

    /// What "today" is for its answers.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The version of the methodology that holds for it.
    pub fn methodology(&self) -> &str {
        &self.methodology
    }
}

/// A day stored as text.
fn day(row: &sqlx::any::AnyRow, column: usize) -> Result<Day> {
    let text: String = row.try_get(column)?;
    text.parse().map_err(|_| crate::StoreError::Unreadable(format!("not a day: {text}")))
}

/// Content stored as JSON.
fn content<T: serde::de::DeserializeOwned>(row: &sqlx::any::AnyRow, column: usize) -> Result<T> {
    let text: String = row.try_get(column)?;
    Ok(serde_json::from_str(&text)?)
}
