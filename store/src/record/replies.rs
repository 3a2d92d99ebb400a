//! What came of replies, beside the incident that they are about.

use sqlx::{Row, any::AnyRow};

use super::{PublicReply, Record, day};
use crate::error::Result;
use crate::slug;

const LIST: &str = "SELECT id, kind, outcome, day, party, words, reason, corrected_in, edition_from, withheld_on \
     FROM record_reply WHERE incident = $1 AND edition_from <= $2 AND $2 < edition_to ORDER BY edition_from, id";

pub(super) const QUERIES: &[&str] = &[LIST];

impl Record {
    /// The replies that were answered in public, the oldest answer first.
    pub(super) async fn replies(&self, incident: &str) -> Result<Vec<PublicReply>> {
        let rows =
            sqlx::query(LIST).bind(incident.to_owned()).bind(self.edition).fetch_all(&self.pool).await?;
        rows.iter().map(line).collect()
    }
}

fn line(row: &AnyRow) -> Result<PublicReply> {
    let withheld: Option<String> = row.try_get(9)?;
    Ok(PublicReply {
        id: row.try_get(0)?,
        kind: slug(row, 1)?,
        outcome: slug(row, 2)?,
        day: day(row, 3)?,
        party: row.try_get(4)?,
        words: row.try_get(5)?,
        reason: row.try_get(6)?,
        corrected_in: row.try_get(7)?,
        edition: row.try_get(8)?,
        withheld_on: withheld.map(|_| day(row, 9)).transpose()?,
    })
}
