//! Indicators and their observations.

use domain::country::CountryCode;
use domain::indicator::Observation;
use sqlx::Row;

use super::{Record, Release, content};
use crate::error::Result;

const RELEASES: &str = "SELECT id, hash, edition_from, content FROM record_release \
     WHERE edition_from <= $1 AND $1 < edition_to ORDER BY indicator";
const OBSERVATIONS: &str = "SELECT period, value, low, high FROM record_observation \
     WHERE release_id = $1 AND country = $2 ORDER BY period";
const ALL_OBSERVATIONS: &str = "SELECT period, value, low, high, country FROM record_observation \
     WHERE release_id = $1 ORDER BY country, period";

pub(super) const QUERIES: &[&str] = &[RELEASES, OBSERVATIONS, ALL_OBSERVATIONS];

impl Record {
    /// Every indicator, in the release that stood in this edition.
    pub async fn indicators(&self) -> Result<Vec<Release>> {
        let rows = sqlx::query(RELEASES).bind(self.edition).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                Ok(Release {
                    id: row.try_get(0)?,
                    hash: row.try_get(1)?,
                    edition_from: row.try_get(2)?,
                    indicator: content(row, 3)?,
                })
            })
            .collect()
    }

    /// The observations of `countries` under a release, by country and year; of all where none is named.
    pub async fn observations(&self, release: &str, countries: &[CountryCode]) -> Result<Vec<Observation>> {
        let mut observations = Vec::new();
        if countries.is_empty() {
            let rows = sqlx::query(ALL_OBSERVATIONS).bind(crate::text(release)).fetch_all(&self.pool).await?;
            for row in &rows {
                let code: String = row.try_get(4)?;
                let code = code.parse().map_err(|_| crate::StoreError::Unreadable(code))?;
                observations.push(observation(row, code)?);
            }
        }
        for country in countries {
            let query = sqlx::query(OBSERVATIONS).bind(crate::text(release)).bind(country.to_string());
            for row in &query.fetch_all(&self.pool).await? {
                observations.push(observation(row, *country)?);
            }
        }
        Ok(observations)
    }
}

fn observation(row: &sqlx::any::AnyRow, country: CountryCode) -> Result<Observation> {
    let period: i64 = row.try_get(0)?;
    Ok(Observation {
        country,
        year: i16::try_from(period).map_err(|_| crate::StoreError::Unreadable(format!("year {period}")))?,
        value: row.try_get(1)?,
        low: row.try_get(2)?,
        high: row.try_get(3)?,
    })
}
