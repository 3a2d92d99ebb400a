//! Replies to published incidents, by people without an account.
//!
//! What they typed is sealed like a note, part by part, and goes after a time; of the private link to the outcome only
//! the hash is kept. What becomes public of an answer takes two reviewers, and goes through [`crate::publish`].

use domain::case::PublicState;
use domain::reply::{
    Answer, CONTACT_KEPT_DAYS, Outcome, Reply, ReplyKind, ReplyState, WORDS_KEPT_DAYS, Words,
};
use domain::rights::{Action, Facts, Relation, may};
use domain::stored;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::audit::{self, Entry};
use super::cases::{Case, allow, locked};
use super::sessions::{new_token, token_hash};
use super::{Member, SealingKey};
use crate::error::Result;
use crate::{Store, StoreError, new_id, slug, stamp, text};

const OF_REFERENCE: &str = "SELECT c.id, c.public_state, \
     (SELECT COUNT(*) FROM desk_membership ms JOIN desk_member m ON m.id = ms.member \
         WHERE ms.organisation = c.organisation AND ms.role = 'reviewer' AND m.disabled = 0), \
     (SELECT COUNT(*) FROM desk_reply r WHERE r.case_id = c.id AND r.state <> 'answered'), \
     (SELECT edition FROM record_head WHERE one = 1) FROM desk_case c WHERE c.reference = $1";
const ADD: &str = "INSERT INTO desk_reply (id, case_id, token_hash, kind, received_at, edition, state) \
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting')";
const ADD_PART: &str =
    "INSERT INTO desk_reply_sealed (reply, part, key_id, ciphertext) VALUES ($1, $2, $3, $4)";
const PART: &str = "SELECT key_id, ciphertext FROM desk_reply_sealed WHERE reply = $1 AND part = $2";
const DROP_PART: &str = "DELETE FROM desk_reply_sealed WHERE reply = $1 AND part = $2";
const BY_TOKEN: &str = "SELECT c.reference, r.kind, r.state, r.prepared FROM desk_reply r \
     JOIN desk_case c ON c.id = r.case_id WHERE r.token_hash = $1";
macro_rules! columns {
    () => {
        "SELECT r.id, r.case_id, c.reference, r.kind, r.state, r.received_at, r.edition, r.prepared, r.prepared_by \
         FROM desk_reply r JOIN desk_case c ON c.id = r.case_id "
    };
}
const ONE: &str = concat!(columns!(), "WHERE r.id = $1");
const OPEN: &str = concat!(
    columns!(),
    "WHERE c.organisation = $1 AND r.state <> 'answered' ORDER BY r.received_at, r.id LIMIT 200"
);
const SET: &str =
    "UPDATE desk_reply SET state = $2, prepared = $3, prepared_by = $4, answered_at = $5 WHERE id = $1";
const CORRECTIONS: &str = "SELECT number, day FROM record_edition \
     WHERE incident = $1 AND number > $2 AND cause IN ('correction', 'retraction') ORDER BY number";
const OLD_CONTACTS: &str = "DELETE FROM desk_reply_sealed WHERE part = 'contact' \
     AND reply IN (SELECT id FROM desk_reply WHERE received_at < $1)";
const OLD_WORDS: &str = "DELETE FROM desk_reply_sealed WHERE part = 'words' \
     AND reply IN (SELECT id FROM desk_reply WHERE answered_at < $1)";

pub(super) const QUERIES: &[&str] = &[
    OF_REFERENCE,
    ADD,
    ADD_PART,
    PART,
    DROP_PART,
    BY_TOKEN,
    ONE,
    OPEN,
    SET,
    CORRECTIONS,
    OLD_CONTACTS,
    OLD_WORDS,
];

const TABLE: &str = "desk_reply_sealed";
const WORDS: &str = "words";
const CONTACT: &str = "contact";

/// How many replies to one incident may wait: beyond that a flood, or a scandal that replies do not settle.
pub const MOST_WAITING: i64 = 100;

/// What became of a reply that was sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Received {
    /// It waits for a reviewer; the token of the private link to its outcome.
    Kept(String),
    /// The organisation has nobody who could read it.
    NobodyReads,
    /// Too many wait already.
    Full,
    /// The incident is not public now.
    NotPublic,
}

/// What a sender reads by their private link. Not what they wrote: the link may fall into other hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The incident.
    pub reference: String,
    /// Whether anything of the answer is public.
    pub is_shown: bool,
    /// The answer, once there is one; none any more where it was taken back.
    pub answer: Option<Answer>,
    /// It is answered.
    pub is_answered: bool,
}

/// A reply in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyLine {
    /// Its id.
    pub id: String,
    /// The case that it is about.
    pub case: String,
    /// The incident's reference.
    pub reference: String,
    /// What it asks for.
    pub kind: ReplyKind,
    /// Where it stands.
    pub state: ReplyState,
    /// When it came.
    pub received_at: String,
    /// The answer that was prepared.
    pub prepared: Option<Answer>,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    edition: i64,
}

/// A reply, as a reviewer reads it.
#[derive(Clone)]
pub struct OpenReply {
    /// Where it stands.
    pub line: ReplyLine,
    /// The case that it is about.
    pub case: Case,
    /// What two-person rules ask for.
    pub facts: Facts,
    /// What was said, as long as it is kept.
    pub words: Option<Words>,
    /// Contact details are kept.
    pub has_contact: bool,
    /// The editions that corrected or retracted the incident since: number and day.
    pub corrections: Vec<(i64, String)>,
}

impl ReplyLine {
    /// The hash of the prepared answer: what publishing it names.
    pub fn seen(&self) -> String {
        stored::content_hash(&serde_json::to_string(&self.prepared).unwrap_or_default())
    }

    /// The facts of two-person rules, for this reply.
    fn facts(&self, member: &Member, facts: Facts) -> Facts {
        Facts { first_of_two: self.prepared_by.as_deref() == Some(member.id.as_str()), ..facts }
    }
}

impl Store {
    /// Whether somebody reads what is replied to this incident; `None` where it is not public.
    pub async fn takes_replies(&self, reference: &str) -> Result<Option<bool>> {
        let mut connection = self.desk_pool().acquire().await?;
        Ok(of_reference(&mut connection, reference)
            .await?
            .filter(|of| of.is_public())
            .map(|of| of.reviewers > 0))
    }

    /// Takes a reply in.
    pub async fn receive_reply(
        &self,
        reference: &str,
        reply: &Reply,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<Received> {
        let (mut tx, sealer) = self.write_sealing(key).await?;
        let of = match of_reference(&mut tx, reference).await? {
            Some(of) if !of.is_public() => return Ok(Received::NotPublic),
            None => return Ok(Received::NotPublic),
            Some(of) if of.reviewers == 0 => return Ok(Received::NobodyReads),
            Some(of) if of.waiting >= MOST_WAITING => return Ok(Received::Full),
            Some(of) => of,
        };
        let (id, token) = (new_id(), new_token()?);
        sqlx::query(ADD)
            .bind(id.clone())
            .bind(of.case.clone())
            .bind(token_hash(&token))
            .bind(reply.kind.slug())
            .bind(stamp(at))
            .bind(of.edition)
            .execute(&mut *tx)
            .await?;
        let mut parts = vec![(WORDS, serde_json::to_string(&reply.words)?)];
        if !reply.contact.is_empty() {
            parts.push((CONTACT, reply.contact.clone()));
        }
        for (part, secret) in parts {
            sqlx::query(ADD_PART)
                .bind(id.clone())
                .bind(part)
                .bind(sealer.id().to_owned())
                .bind(sealer.seal(TABLE, &row_of(&id, part), secret.as_bytes())?)
                .execute(&mut *tx)
                .await?;
        }
        let entry = Entry {
            act: "reply received",
            actor: "nobody signed in",
            subject: &of.case,
            reason: reply.kind.slug(),
        };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(Received::Kept(token))
    }

    /// What came of a reply, for who holds its private link.
    pub async fn receipt(&self, token: &str) -> Result<Option<Receipt>> {
        let row = sqlx::query(BY_TOKEN).bind(token_hash(token)).fetch_optional(self.desk_pool()).await?;
        let Some(row) = row else { return Ok(None) };
        let kind: ReplyKind = slug(&row, 1)?;
        let is_answered = slug::<ReplyState>(&row, 2)? == ReplyState::Answered;
        let answer = answer(&row, 3)?.filter(|_| is_answered);
        Ok(Some(Receipt {
            reference: row.try_get(0)?,
            is_shown: answer.as_ref().is_some_and(|answer| kind.is_shown(answer.outcome)),
            answer,
            is_answered,
        }))
    }

    /// The replies that wait for somebody of the member's organisation, the oldest first; none for who may not answer.
    pub async fn open_replies(&self, member: &Member) -> Result<Vec<ReplyLine>> {
        if !may(member.role, Relation::SameOrganisation, Action::AnswerReply, Facts::default()) {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(OPEN).bind(member.organisation.clone()).fetch_all(self.desk_pool()).await?;
        rows.iter().map(line).collect()
    }

    /// A reply with what was said.
    pub async fn reply(&self, member: &Member, id: &str, key: &SealingKey) -> Result<OpenReply> {
        let mut snapshot = self.read_snapshot().await?;
        let line = one(&mut snapshot, id).await?;
        let (case, facts) = self.case(member, &line.case).await?;
        let facts = line.facts(member, facts);
        allow(member, &case, Action::AnswerReply, facts)?;
        let words = match open(&mut snapshot, id, WORDS, key).await? {
            Some(json) => Some(serde_json::from_str(&json)?),
            None => None,
        };
        let has_contact =
            sqlx::query(PART).bind(text(id)).bind(CONTACT).fetch_optional(&mut *snapshot).await?.is_some();
        let rows = sqlx::query(CORRECTIONS)
            .bind(case.id.clone())
            .bind(line.edition)
            .fetch_all(&mut *snapshot)
            .await?;
        let corrections =
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_>>()?;
        Ok(OpenReply { line, case, facts, words, has_contact, corrections })
    }

    /// Reveals how the sender can be reached, and logs that.
    pub async fn reveal_contact(
        &self,
        member: &Member,
        id: &str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<Option<String>> {
        let mut tx = self.write().await?;
        let (line, case, _) = locked_reply(&mut tx, member, id, Action::AnswerReply).await?;
        let contact = open(&mut tx, &line.id, CONTACT, key).await?;
        if contact.is_some() {
            log(&mut tx, member, &case, "reply contact revealed", line.kind.slug(), at).await?;
            tx.commit().await?;
        }
        Ok(contact)
    }

    /// Says what is to come of a reply. What would be shown waits for another reviewer; everything else is the answer.
    pub async fn answer_reply(
        &self,
        member: &Member,
        id: &str,
        answer: &Answer,
        at: jiff::Timestamp,
    ) -> Result<ReplyState> {
        let mut tx = self.write().await?;
        let (line, case, _) = locked_reply(&mut tx, member, id, Action::AnswerReply).await?;
        if line.state == ReplyState::Answered || !line.kind.outcomes().contains(&answer.outcome) {
            return Err(StoreError::WrongState);
        }
        let (state, act) = match line.kind.is_shown(answer.outcome) {
            true => (ReplyState::Prepared, "reply answer prepared"),
            false => (ReplyState::Answered, "reply answered"),
        };
        set(&mut tx, &line.id, state, Some((answer, &member.id)), at).await?;
        if answer.outcome == Outcome::Spam {
            drop_part(&mut tx, &line.id, WORDS).await?;
        }
        log(&mut tx, member, &case, act, answer.outcome.slug(), at).await?;
        tx.commit().await?;
        Ok(state)
    }

    /// Takes a prepared answer back; the reply waits again.
    pub async fn take_back_answer(&self, member: &Member, id: &str, at: jiff::Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let (line, case, _) = locked_reply(&mut tx, member, id, Action::AnswerReply).await?;
        if line.state != ReplyState::Prepared {
            return Err(StoreError::WrongState);
        }
        set(&mut tx, &line.id, ReplyState::Waiting, None, at).await?;
        log(&mut tx, member, &case, "reply answer taken back", "", at).await?;
        Ok(tx.commit().await?)
    }

    /// Erases what was kept long enough: contact details of replies that nobody answered, the words of answered ones.
    pub async fn forget_replies(&self, at: jiff::Timestamp) -> Result<u64> {
        let before = |days: i64| stamp(at - jiff::SignedDuration::from_hours(24 * days));
        let mut tx = self.write().await?;
        let mut gone = 0;
        for (sql, days) in [(OLD_CONTACTS, CONTACT_KEPT_DAYS), (OLD_WORDS, WORDS_KEPT_DAYS)] {
            gone += sqlx::query(sql).bind(before(days)).execute(&mut *tx).await?.rows_affected();
        }
        if gone > 0 {
            let entry =
                Entry { act: "old replies erased", actor: "server", subject: "", reason: &gone.to_string() };
            audit::append(&mut tx, at, entry).await?;
            tx.commit().await?;
        }
        Ok(gone)
    }
}

struct OfReference {
    case: String,
    state: PublicState,
    reviewers: i64,
    waiting: i64,
    edition: i64,
}

impl OfReference {
    fn is_public(&self) -> bool {
        matches!(self.state, PublicState::Published | PublicState::Retracted)
    }
}

async fn of_reference(connection: &mut AnyConnection, reference: &str) -> Result<Option<OfReference>> {
    let row = sqlx::query(OF_REFERENCE).bind(text(reference)).fetch_optional(connection).await?;
    row.map(|row| {
        Ok(OfReference {
            case: row.try_get(0)?,
            state: slug(&row, 1)?,
            reviewers: row.try_get(2)?,
            waiting: row.try_get(3)?,
            edition: row.try_get(4)?,
        })
    })
    .transpose()
}

/// Reads a reply inside a write, its case locked, for who may do `action` with it.
pub(crate) async fn locked_reply(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    id: &str,
    action: Action,
) -> Result<(ReplyLine, Case, Facts)> {
    let case = one(tx, id).await?.case;
    let (case, facts) = locked(tx, member, &case).await?;
    // Read again: only now nobody else answers it.
    let line = one(tx, id).await?;
    let facts = line.facts(member, facts);
    allow(member, &case, action, facts)?;
    Ok((line, case, facts))
}

/// Sets where a reply stands, with its answer and who prepared that. With an answer for good the contact goes.
pub(crate) async fn set(
    tx: &mut Transaction<'_, Any>,
    id: &str,
    state: ReplyState,
    answer: Option<(&Answer, &str)>,
    at: jiff::Timestamp,
) -> Result<()> {
    let json = answer.map(|(answer, _)| serde_json::to_string(answer)).transpose()?;
    sqlx::query(SET)
        .bind(id.to_owned())
        .bind(state.slug())
        .bind(json)
        .bind(answer.map(|(_, prepared_by)| prepared_by.to_owned()))
        .bind((state == ReplyState::Answered).then(|| stamp(at)))
        .execute(&mut **tx)
        .await?;
    if state == ReplyState::Answered {
        drop_part(tx, id, CONTACT).await?;
    }
    Ok(())
}

async fn drop_part(tx: &mut Transaction<'_, Any>, id: &str, part: &str) -> Result<()> {
    sqlx::query(DROP_PART).bind(id.to_owned()).bind(part.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

async fn one(connection: &mut AnyConnection, id: &str) -> Result<ReplyLine> {
    let row = sqlx::query(ONE).bind(text(id)).fetch_optional(connection).await?;
    line(&row.ok_or(StoreError::NotFound)?)
}

async fn open(
    connection: &mut AnyConnection,
    id: &str,
    part: &str,
    key: &SealingKey,
) -> Result<Option<String>> {
    let row = sqlx::query(PART).bind(text(id)).bind(part.to_owned()).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    let (key_id, bytes): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    let opened = key.open(TABLE, &row_of(id, part), &key_id, &bytes)?;
    String::from_utf8(opened).map(Some).map_err(|_| StoreError::Sealed)
}

/// What a part is sealed to: it opens as no other part of no other reply.
fn row_of(id: &str, part: &str) -> String {
    format!("{id}/{part}")
}

async fn log(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    case: &Case,
    act: &'static str,
    reason: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    audit::append(tx, at, Entry { act, actor: &member.id, subject: &case.id, reason }).await
}

fn line(row: &AnyRow) -> Result<ReplyLine> {
    Ok(ReplyLine {
        id: row.try_get(0)?,
        case: row.try_get(1)?,
        reference: row.try_get(2)?,
        kind: slug(row, 3)?,
        state: slug(row, 4)?,
        received_at: row.try_get(5)?,
        edition: row.try_get(6)?,
        prepared: answer(row, 7)?,
        prepared_by: row.try_get(8)?,
    })
}

fn answer(row: &AnyRow, column: usize) -> Result<Option<Answer>> {
    let json: Option<String> = row.try_get(column)?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}
