//! Proposals: what a member would change in the record's facts. A steward takes one (the change is an edition) or
//! declines it with a reason that the proposer reads. Who proposed stays at the desk.

use domain::fact::{FactAction, FactKind, may_on_facts};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

const ADD: &str = "INSERT INTO desk_proposal (id, act, kind, fact, seen, fields, reason, member, organisation, made_at, \
     state, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', '')";
macro_rules! read {
    ($where:literal) => {
        concat!(
            "SELECT p.id, p.act, p.kind, p.fact, p.seen, p.fields, p.reason, o.name, p.made_at, p.state, p.decided_at, \
             p.answer, p.edition, p.member FROM desk_proposal p JOIN desk_organisation o ON o.id = p.organisation WHERE ",
            $where
        )
    };
}
const OPEN: &str = read!("p.state = 'open' AND p.id > $1 ORDER BY p.id LIMIT $2");
const OWN: &str = read!("p.member = $1 AND ($2 = '' OR p.id < $2) ORDER BY p.id DESC LIMIT $3");
const ONE: &str = read!("p.id = $1");
const COUNT_OPEN: &str = "SELECT COUNT(*) FROM desk_proposal WHERE state = 'open'";
const COUNT_OWN_OPEN: &str = "SELECT COUNT(*) FROM desk_proposal WHERE state = 'open' AND member = $1";
const DECIDE: &str = "UPDATE desk_proposal SET state = $2, decided_by = $3, decided_at = $4, answer = $5, edition = $6 \
     WHERE id = $1 AND state = 'open'";

pub(super) const QUERIES: &[&str] = &[ADD, OPEN, OWN, ONE, COUNT_OPEN, COUNT_OWN_OPEN, DECIDE];

/// The most proposals of one member that may wait at a time.
const MOST_OPEN: i64 = 100;

/// What a proposal would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposedAct {
    /// Add a fact.
    Add,
    /// Change one.
    Change,
    /// End one.
    End,
}

impl ProposedAct {
    /// Its slug.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::End => "end",
        }
    }
}

/// A proposal to make.
#[derive(Clone, Debug)]
pub struct NewProposal<'a> {
    /// What it would do.
    pub act: ProposedAct,
    /// To what kind of fact.
    pub kind: FactKind,
    /// To which; empty for a new one.
    pub fact: &'a str,
    /// The version that was looked at.
    pub seen: &'a str,
    /// The form as typed.
    pub fields: &'a [(String, String)],
    /// Why.
    pub reason: &'a str,
}

/// A proposal, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: String,
    /// What it would do.
    pub act: ProposedAct,
    /// To what kind of fact.
    pub kind: FactKind,
    /// To which; empty for a new one.
    pub fact: String,
    /// The version that was looked at.
    pub seen: String,
    /// The form as typed.
    pub fields: Vec<(String, String)>,
    /// Why.
    pub reason: String,
    /// The proposer's organisation, by name. A steward does not learn which person it was.
    pub organisation_name: String,
    /// When it was made.
    pub made_at: String,
    /// What became of it.
    pub state: ProposalState,
    /// When that was decided.
    pub decided_at: Option<String>,
    /// The reason that was given for declining.
    pub answer: String,
    /// The edition that it became.
    pub edition: Option<i64>,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalState {
    /// It waits.
    Open,
    /// It was taken.
    Taken,
    /// It was declined.
    Declined,
}

impl ProposalState {
    /// Its slug.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Declined => "declined",
        }
    }
}

impl Store {
    /// Makes a proposal; its id.
    pub async fn propose(&self, by: &Member, new: NewProposal<'_>, at: jiff::Timestamp) -> Result<String> {
        allow(by, FactAction::Propose)?;
        let mut tx = self.write().await?;
        let waiting = sqlx::query(COUNT_OWN_OPEN).bind(by.id.clone()).fetch_one(&mut *tx).await?;
        if waiting.try_get::<i64, _>(0)? >= MOST_OPEN {
            return Err(StoreError::WrongState);
        }
        let id = new_id();
        sqlx::query(ADD)
            .bind(id.clone())
            .bind(new.act.slug())
            .bind(new.kind.slug())
            .bind(text(new.fact))
            .bind(text(new.seen))
            .bind(text(&serde_json::to_string(new.fields)?))
            .bind(text(new.reason))
            .bind(by.id.clone())
            .bind(by.organisation.clone())
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let entry =
            Entry { act: "change of facts proposed", actor: &by.id, subject: &id, reason: new.reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A page of proposals: for who decides those that wait, oldest first; for everybody else their own, newest first.
    pub async fn proposals(&self, by: &Member, after: &str, limit: i64) -> Result<Vec<Proposal>> {
        allow(by, FactAction::See)?;
        let rows = if may_on_facts(by.role, FactAction::Decide) {
            sqlx::query(OPEN).bind(text(after)).bind(limit).fetch_all(self.desk_pool()).await?
        } else {
            let own = sqlx::query(OWN).bind(by.id.clone()).bind(text(after)).bind(limit);
            own.fetch_all(self.desk_pool()).await?
        };
        rows.iter().map(proposal).collect()
    }

    /// One proposal, for who decides or made it.
    pub async fn proposal(&self, by: &Member, id: &str) -> Result<Proposal> {
        allow(by, FactAction::See)?;
        let row = sqlx::query(ONE).bind(text(id)).fetch_optional(self.desk_pool()).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let is_own = row.try_get::<String, _>(13)? == by.id;
        if !is_own && !may_on_facts(by.role, FactAction::Decide) {
            return Err(StoreError::NotFound);
        }
        proposal(&row)
    }

    /// How many wait: all for who decides, otherwise one's own.
    pub async fn count_proposals(&self, by: &Member) -> Result<i64> {
        allow(by, FactAction::See)?;
        let row = if may_on_facts(by.role, FactAction::Decide) {
            sqlx::query(COUNT_OPEN).fetch_one(self.desk_pool()).await?
        } else {
            sqlx::query(COUNT_OWN_OPEN).bind(by.id.clone()).fetch_one(self.desk_pool()).await?
        };
        Ok(row.try_get(0)?)
    }

    /// Declines a proposal with a reason that its proposer reads.
    pub async fn decline_proposal(
        &self,
        by: &Member,
        id: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        allow(by, FactAction::Decide)?;
        let mut tx = self.write().await?;
        let known = sqlx::query(ONE).bind(text(id)).fetch_optional(&mut *tx).await?;
        known.ok_or(StoreError::NotFound)?;
        decide(&mut tx, by, id, Decision { state: ProposalState::Declined, reason, edition: None }, at)
            .await?;
        Ok(tx.commit().await?)
    }
}

/// Marks a proposal as taken, within the change that it became.
pub(crate) async fn take_proposal(
    tx: &mut Transaction<'_, Any>,
    by: &Member,
    id: &str,
    edition: i64,
    at: jiff::Timestamp,
) -> Result<()> {
    allow(by, FactAction::Decide)?;
    decide(tx, by, id, Decision { state: ProposalState::Taken, reason: "", edition: Some(edition) }, at).await
}

struct Decision<'a> {
    state: ProposalState,
    reason: &'a str,
    edition: Option<i64>,
}

async fn decide(
    tx: &mut Transaction<'_, Any>,
    by: &Member,
    id: &str,
    decision: Decision<'_>,
    at: jiff::Timestamp,
) -> Result<()> {
    let done = sqlx::query(DECIDE)
        .bind(text(id))
        .bind(decision.state.slug())
        .bind(by.id.clone())
        .bind(stamp(at))
        .bind(text(decision.reason))
        .bind(decision.edition)
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::WrongState);
    }
    let act = match decision.state {
        ProposalState::Declined => "proposal declined",
        _ => "proposal taken",
    };
    audit::append(tx, at, Entry { act, actor: &by.id, subject: id, reason: decision.reason }).await
}

fn allow(by: &Member, action: FactAction) -> Result<()> {
    may_on_facts(by.role, action).then_some(()).ok_or(StoreError::Forbidden)
}

fn proposal(row: &AnyRow) -> Result<Proposal> {
    let (act, kind, state): (String, String, String) = (row.try_get(1)?, row.try_get(2)?, row.try_get(9)?);
    Ok(Proposal {
        id: row.try_get(0)?,
        act: match act.as_str() {
            "add" => ProposedAct::Add,
            "change" => ProposedAct::Change,
            "end" => ProposedAct::End,
            _ => return Err(StoreError::Unreadable(act)),
        },
        kind: kind.parse().map_err(|_| StoreError::Unreadable(kind))?,
        fact: row.try_get(3)?,
        seen: row.try_get(4)?,
        fields: serde_json::from_str(&row.try_get::<String, _>(5)?)?,
        reason: row.try_get(6)?,
        organisation_name: row.try_get(7)?,
        made_at: row.try_get(8)?,
        state: match state.as_str() {
            "open" => ProposalState::Open,
            "taken" => ProposalState::Taken,
            "declined" => ProposalState::Declined,
            _ => return Err(StoreError::Unreadable(state)),
        },
        decided_at: row.try_get(10)?,
        answer: row.try_get(11)?,
        edition: row.try_get(12)?,
    })
}
