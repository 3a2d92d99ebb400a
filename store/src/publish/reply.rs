//! What came of a reply, set beside its incident. The incident's stored bytes and their hash stay as they are.

use domain::Day;
use domain::case::PublicState;
use domain::reply::{Answer, ReplyKind, ReplyState};
use domain::rights::Action;
use sqlx::{Any, Transaction};

use super::{add_edition, next_edition};
use crate::desk::audit::{self, Entry};
use crate::desk::{Member, locked_reply, set_reply};
use crate::error::Result;
use crate::record::Cause;
use crate::{CURRENT, Store, StoreError, day_of, new_id, text};

const INSERT: &str = "INSERT INTO record_reply (version_id, id, incident, edition_from, edition_to, kind, outcome, day, \
     party, words, reason, corrected_in) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const BLANK: &str = "UPDATE record_reply SET party = '', words = '', reason = '', withheld_on = $2 \
     WHERE incident = $1 AND withheld_on IS NULL";
const BLANK_ANSWERS: &str = "UPDATE desk_reply SET prepared = NULL WHERE case_id = $1 AND state = 'answered'";
const DROP_WORDS: &str = "DELETE FROM desk_reply_sealed \
     WHERE reply IN (SELECT id FROM desk_reply WHERE case_id = $1 AND state = 'answered')";

// What was only prepared says it too: it is to be prepared anew.
const BACK_TO_WAITING: &str = "UPDATE desk_reply SET state = 'waiting', prepared = NULL, prepared_by = NULL \
     WHERE case_id = $1 AND state = 'prepared'";

pub(super) const QUERIES: &[&str] = &[INSERT, BLANK, BLANK_ANSWERS, DROP_WORDS, BACK_TO_WAITING];

impl Store {
    /// Publishes the answer that another reviewer prepared; `seen` is the hash of it, as the member saw it.
    pub async fn publish_reply(
        &self,
        member: &Member,
        id: &str,
        seen: &str,
        at: jiff::Timestamp,
    ) -> Result<i64> {
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        let (line, case, _) = locked_reply(&mut tx, member, id, Action::PublishReply).await?;
        if line.state != ReplyState::Prepared
            || !matches!(case.public_state, PublicState::Published | PublicState::Retracted)
        {
            return Err(StoreError::WrongState);
        }
        if line.seen() != seen {
            return Err(StoreError::ChangedSinceVerified);
        }
        let answer = line.prepared.filter(|answer| line.kind.is_shown(answer.outcome));
        let (answer, by) = answer.zip(line.prepared_by).ok_or(StoreError::WrongState)?;
        insert(&mut tx, &case.id, line.kind, &answer, edition, day_of(at)).await?;
        add_edition(&mut tx, edition, Cause::Reply, Some(&case.id), "", at).await?;
        set_reply(&mut tx, id, ReplyState::Answered, Some((&answer, &by)), at).await?;
        let subject = case.reference.as_deref().unwrap_or(&case.id);
        let entry =
            Entry { act: "reply published", actor: &member.id, subject, reason: answer.outcome.slug() };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(edition)
    }
}

/// The one place where something of a reply reaches the record. It gets an id of its own: the desk's would tell when
/// the reply came.
async fn insert(
    tx: &mut Transaction<'_, Any>,
    incident: &str,
    kind: ReplyKind,
    answer: &Answer,
    edition: i64,
    day: Day,
) -> Result<()> {
    sqlx::query(INSERT)
        .bind(new_id())
        .bind(audit::hex(&audit::random::<8>()?))
        .bind(incident.to_owned())
        .bind(edition)
        .bind(CURRENT)
        .bind(kind.slug())
        .bind(answer.outcome.slug())
        .bind(day.to_string())
        .bind(text(&answer.party))
        .bind(text(&answer.words))
        .bind(text(&answer.reason))
        .bind(answer.edition)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes the words of every published reply from readers, in every edition, and what the desk still holds of them.
pub(super) async fn blank_all(
    tx: &mut Transaction<'_, Any>,
    incident: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(BLANK).bind(incident.to_owned()).bind(day_of(at).to_string()).execute(&mut **tx).await?;
    for sql in [BLANK_ANSWERS, DROP_WORDS, BACK_TO_WAITING] {
        sqlx::query(sql).bind(incident.to_owned()).execute(&mut **tx).await?;
    }
    Ok(())
}
