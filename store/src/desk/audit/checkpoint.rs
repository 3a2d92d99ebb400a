//! The checkpoint of each day, kept to be given out.

use sqlx::Row;

use super::{Broken, Checkpoint, HEAD, LogKey};
use crate::error::Result;
use crate::{Store, day_of};

const OF_DAY: &str = "SELECT 1 FROM desk_checkpoint WHERE day = $1";
const ADD: &str = "INSERT INTO desk_checkpoint (day, note) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING";
const LAST: &str = "SELECT note FROM desk_checkpoint ORDER BY day DESC LIMIT 1";

pub(super) const QUERIES: &[&str] = &[OF_DAY, ADD, LAST];

impl Store {
    /// Makes the day's checkpoint, if there is none yet and the log has an entry; of a log that is broken none is made.
    /// It is no change of the desk's and no entry of the log: it says what the log says.
    pub async fn make_checkpoint(
        &self,
        origin: &str,
        key: &LogKey,
        at: jiff::Timestamp,
    ) -> Result<Result<(), Broken>> {
        let day = day_of(at).to_string();
        if sqlx::query(OF_DAY).bind(day.clone()).fetch_optional(self.desk_pool()).await?.is_some() {
            return Ok(Ok(()));
        }
        let note = match self.sign_checkpoint(origin, key).await? {
            Ok(note) => note,
            Err(broken) => return Ok(Err(broken)),
        };
        let Some(note) = note else { return Ok(Ok(())) };
        let mut tx = self.write().await?;
        // Another server of the same database may have been quicker: the first of the day stays.
        sqlx::query(ADD).bind(day).bind(note).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// A checkpoint of the log as it stands, signed and kept nowhere; none of a log without an entry.
    pub async fn sign_checkpoint(
        &self,
        origin: &str,
        key: &LogKey,
    ) -> Result<Result<Option<String>, Broken>> {
        if let Err(broken) = self.verify_audit().await? {
            return Ok(Err(broken));
        }
        let head = sqlx::query(HEAD).fetch_one(self.desk_pool()).await?;
        let checkpoint =
            Checkpoint { origin: origin.to_owned(), entries: head.try_get(0)?, head: head.try_get(1)? };
        Ok(Ok((checkpoint.entries > 0).then(|| key.sign(&checkpoint))))
    }

    /// The newest checkpoint, as it is given out.
    pub async fn checkpoint(&self) -> Result<Option<String>> {
        let row = sqlx::query(LAST).fetch_optional(self.desk_pool()).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}
