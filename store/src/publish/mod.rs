//! The one door from desk to record.
//!
//! Every publication act is one transaction: rights and facts are read inside it, the head's row is taken first
//! (its number is the new edition), then the record's rows, the case, the audit entry. Withdrawals (hiding,
//! restoring, redaction) raise their own counter and go through every edition.

mod copy;
mod evidence;
mod facts;
mod reply;
mod withdraw;

use domain::Day;
use domain::case::{PublicState, WorkingState};
use domain::country::Gazetteer;
use domain::rights::Action;
use sqlx::{Any, Row, Transaction};

use crate::desk::audit::{self, Entry};
use crate::desk::{Case, Member, SealingKey, allow, locked, settled, snapshot, unless_contradicted};
use crate::error::Result;
use crate::record::Cause;
use crate::{METHODOLOGY, Store, StoreError, day_of, stamp, text};

pub(crate) use copy::{NewVersion, insert_version};
pub(crate) use evidence::withdraw as withdraw_evidence;
pub use facts::FactChange;
pub(crate) use facts::insert_fact;
pub use withdraw::REDACTABLE;

const NEXT_EDITION: &str = "UPDATE record_head SET edition = edition + 1 WHERE one = 1 RETURNING edition";
const ADD_EDITION: &str = "INSERT INTO record_edition (number, published_at, day, cause, incident, reason, methodology) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";
const SET_PUBLISHED: &str = "UPDATE desk_case SET reference = $2, public_state = $3, working_state = NULL, \
     submitted_by = NULL, verified_by = NULL, verified_hash = NULL, note = '', correction = NULL, partner = NULL, changed_at = $4 \
     WHERE id = $1";
const NEXT_REFERENCE: &str = "INSERT INTO desk_reference (year, last) VALUES ($1, 1) \
     ON CONFLICT (year) DO UPDATE SET last = desk_reference.last + 1 RETURNING last";

/// Every query of this door, for the test that prepares each on both engines.
pub fn queries() -> Vec<&'static str> {
    let mut all = vec![NEXT_EDITION, ADD_EDITION, SET_PUBLISHED, NEXT_REFERENCE];
    all.extend(copy::QUERIES);
    all.extend(evidence::QUERIES);
    all.extend(reply::QUERIES);
    all.extend(facts::QUERIES);
    all.extend(withdraw::QUERIES);
    all.extend(crate::starter::QUERIES);
    all
}

/// What publishing gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The incident's reference.
    pub reference: String,
    /// The edition it stands in from now on.
    pub edition: i64,
}

impl Store {
    /// Publishes the verified working version: a new incident, or a correction of a published one.
    pub async fn publish(
        &self,
        member: &Member,
        id: &str,
        countries: &Gazetteer,
        key: &SealingKey,
        today: Day,
        at: jiff::Timestamp,
    ) -> Result<Published> {
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Publish, facts)?;
        if case.working_state != Some(WorkingState::Verified) || !case.public_state.may_be_replaced() {
            return Err(StoreError::WrongState);
        }
        if case.verified_hash.as_deref() != Some(case.draft_hash()?.as_str()) {
            return Err(StoreError::ChangedSinceVerified);
        }
        let checked = case.draft.check(countries, today);
        let mut incident = unless_contradicted(&mut tx, &case, checked).await?;
        settled(&mut tx, &case).await?;
        // What was redacted stays out of every later version too, whatever the case still holds.
        withdraw::blank_redacted(&mut tx, id, &mut incident).await?;
        let reference = match &case.reference {
            Some(reference) => reference.clone(),
            None => next_reference(&mut tx, incident.start.year()).await?,
        };
        let cause = if case.reference.is_some() { Cause::Correction } else { Cause::Publication };
        // A reviewer's note is never public; the reason of a correction is.
        let reason = case.correction.clone().unwrap_or_default();
        insert_version(&mut tx, NewVersion::incident(id, &reference, &incident, edition)).await?;
        evidence::show(&mut tx, id, edition, key).await?;
        add_edition(&mut tx, edition, cause, Some(id), &reason, at).await?;
        close_case(&mut tx, &case, &reference, PublicState::Published, at).await?;
        snapshot(&mut tx, &case, member, "published", at).await?;
        let entry = Entry { act: "published", actor: &member.id, subject: &reference, reason: &reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(Published { reference, edition })
    }

    /// Takes a published incident back: its page gives the reason from the new edition on.
    pub async fn retract(&self, member: &Member, id: &str, reason: &str, at: jiff::Timestamp) -> Result<i64> {
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Retract, facts)?;
        let reference = match (&case.reference, case.public_state) {
            (Some(reference), PublicState::Published) => reference.clone(),
            _ => return Err(StoreError::WrongState),
        };
        insert_version(&mut tx, NewVersion::retraction(id, &reference, reason, edition)).await?;
        evidence::close(&mut tx, id, edition).await?;
        add_edition(&mut tx, edition, Cause::Retraction, Some(id), reason, at).await?;
        close_case(&mut tx, &case, &reference, PublicState::Retracted, at).await?;
        let entry = Entry { act: "retracted", actor: &member.id, subject: &reference, reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(edition)
    }
}

/// Takes the head's row until the transaction ends; its number is the edition being made.
pub(crate) async fn next_edition(tx: &mut Transaction<'_, Any>) -> Result<i64> {
    Ok(sqlx::query(NEXT_EDITION).fetch_one(&mut **tx).await?.try_get(0)?)
}

pub(crate) async fn add_edition(
    tx: &mut Transaction<'_, Any>,
    number: i64,
    cause: Cause,
    incident: Option<&str>,
    reason: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(ADD_EDITION)
        .bind(number)
        .bind(stamp(at))
        .bind(day_of(at).to_string())
        .bind(cause.slug())
        .bind(incident.map(str::to_owned))
        .bind(text(reason))
        .bind(METHODOLOGY)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// `TW-2016-0001`: the year of the start as now known, and the next number of that year.
pub(crate) async fn next_reference(tx: &mut Transaction<'_, Any>, year: i16) -> Result<String> {
    let row = sqlx::query(NEXT_REFERENCE).bind(i64::from(year)).fetch_one(&mut **tx).await?;
    let number: i64 = row.try_get(0)?;
    Ok(format!("TW-{year:04}-{number:04}"))
}

async fn close_case(
    tx: &mut Transaction<'_, Any>,
    case: &Case,
    reference: &str,
    state: PublicState,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(SET_PUBLISHED)
        .bind(case.id.clone())
        .bind(reference.to_owned())
        .bind(state.slug())
        .bind(stamp(at))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
