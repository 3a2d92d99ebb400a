//! Evidence that readers get with an incident.

use sqlx::{Row, any::AnyRow};

use super::{PublicEvidence, Record, day};
use crate::error::Result;

const LIST: &str = "SELECT id, media_type, rounded_bytes, shows, copy_type, copy_width, copy_height, withdrawn_on \
     FROM record_evidence WHERE incident = $1 AND edition_from <= $2 AND $2 < edition_to ORDER BY position";
macro_rules! of_incident {
    () => {
        "FROM record_evidence e JOIN record_incident i ON i.id = e.incident \
         LEFT JOIN record_withheld w ON w.incident = i.id LEFT JOIN record_erasure x ON x.reference = i.reference \
         WHERE i.reference = $1 AND e.id = $2 AND i.edition_from <= $3 AND $3 < i.edition_to \
         AND e.edition_from <= $3 AND $3 < e.edition_to AND i.state = 'published' \
         AND w.incident IS NULL AND x.reference IS NULL AND e.copy_type <> ''"
    };
}
const COPY: &str = concat!("SELECT e.copy_type, e.copy ", of_incident!());
const THUMBNAIL: &str = concat!("SELECT e.copy_type, e.thumbnail ", of_incident!());

pub(super) const QUERIES: &[&str] = &[LIST, COPY, THUMBNAIL];

impl Record {
    /// The evidence shown with an incident, in the order in which it came to the desk.
    pub(super) async fn evidence(&self, incident: &str) -> Result<Vec<PublicEvidence>> {
        let rows =
            sqlx::query(LIST).bind(incident.to_owned()).bind(self.edition).fetch_all(&self.pool).await?;
        rows.iter().map(line).collect()
    }

    /// The copy of a picture, or its thumbnail: its type and its bytes. `None` where there is none to be had as of this
    /// edition, for whatever reason.
    pub async fn evidence_copy(
        &self,
        reference: &str,
        id: &str,
        thumbnail: bool,
    ) -> Result<Option<(String, Vec<u8>)>> {
        let row = sqlx::query(if thumbnail { THUMBNAIL } else { COPY })
            .bind(crate::text(reference))
            .bind(crate::text(id))
            .bind(self.edition)
            .fetch_optional(&self.pool)
            .await?;
        row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
    }
}

fn line(row: &AnyRow) -> Result<PublicEvidence> {
    let withdrawn: Option<String> = row.try_get(7)?;
    Ok(PublicEvidence {
        id: row.try_get(0)?,
        media_type: row.try_get(1)?,
        rounded_bytes: u64::try_from(row.try_get::<i64, _>(2)?).unwrap_or_default(),
        shows: row.try_get(3)?,
        copy_type: row.try_get(4)?,
        copy_size: (row.try_get(5)?, row.try_get(6)?),
        withdrawn_on: withdrawn.map(|_| day(row, 7)).transpose()?,
    })
}
