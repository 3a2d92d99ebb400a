//! The one door from desk to record.
//!
//! Every publication act is one transaction: rights and facts are read inside it, the head's row is taken first
//! (its number is the new edition), then the record's rows, the case, the audit entry. Withdrawals (hiding,
//! restoring, redaction) raise their own counter and go through every edition.

mod copy;
mod dispute;
mod erase;
mod evidence;
mod facts;
mod redact;
mod reply;
mod withdraw;

use domain::Day;
use domain::case::{PublicState, WorkingState};
use domain::country::Gazetteer;
use domain::queue::TakenOff;
use domain::rights::Action;
use sqlx::{Any, Row, Transaction};

use crate::desk::audit::{self, Entry};
use crate::desk::{
    Case, Member, SealingKey, allow, decided, forget_schedule, locked, settled, snapshot, unless_contradicted,
};
use crate::error::Result;
use crate::record::Cause;
use crate::{METHODOLOGY, Store, StoreError, day_of, stamp, text};

pub(crate) use copy::{NewVersion, insert_version};
pub use erase::Leftovers;
pub(crate) use evidence::withdraw as withdraw_evidence;
pub use facts::FactChange;
pub(crate) use facts::insert_fact;
pub use redact::REDACTABLE;

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
    all.extend(dispute::QUERIES);
    all.extend(erase::queries());
    all.extend(evidence::QUERIES);
    all.extend(reply::QUERIES);
    all.extend(facts::QUERIES);
    all.extend(redact::QUERIES);
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
        let with = With { edition, countries, key, today, at };
        let published = publish_in(&mut tx, member, &case, "published", with).await?;
        tx.commit().await?;
        Ok(published)
    }

    /// Publishes whatever was to be published by now, by the same door: the rights of who decided, as they are now, and
    /// the hash of what they decided on are checked again. What is not published says why, once.
    pub async fn publish_due(
        &self,
        countries: &Gazetteer,
        key: &SealingKey,
        today: Day,
        at: jiff::Timestamp,
    ) -> Result<Vec<Published>> {
        let mut all = Vec::new();
        for id in self.due(at).await? {
            match self.publish_one_due(&id, countries, key, today, at).await {
                Ok(published) => all.extend(published),
                Err(NotDue::TakenOff(why)) => self.take_off(&id, why, at).await?,
                Err(NotDue::Failed(error)) => return Err(error),
            }
        }
        Ok(all)
    }

    async fn publish_one_due(
        &self,
        id: &str,
        countries: &Gazetteer,
        key: &SealingKey,
        today: Day,
        at: jiff::Timestamp,
    ) -> Result<Option<Published>, NotDue> {
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        // Another server may have been quicker, or somebody took it back.
        let Some(decided) = decided(&mut tx, id).await?.filter(|decided| decided.due <= stamp(at)) else {
            return Ok(None);
        };
        let member = decided.acting.ok_or(NotDue::TakenOff(TakenOff::Member))?;
        let (case, facts) = locked(&mut tx, &member, id).await?;
        if case.verified_hash.as_ref() != Some(&decided.hash) {
            return Err(NotDue::TakenOff(TakenOff::Changed));
        }
        allow(&member, &case, Action::Publish, facts)?;
        let with = With { edition, countries, key, today, at };
        let published = publish_in(&mut tx, &member, &case, "published at its time", with).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(Some(published))
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
        dispute::close(&mut tx, id, edition).await?;
        add_edition(&mut tx, edition, Cause::Retraction, Some(id), reason, at).await?;
        close_case(&mut tx, &case, &reference, PublicState::Retracted, at).await?;
        let entry = Entry { act: "retracted", actor: &member.id, subject: &reference, reason };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(edition)
    }
}

/// Why a case was not published at its time.
enum NotDue {
    TakenOff(TakenOff),
    Failed(StoreError),
}

impl From<StoreError> for NotDue {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Forbidden | StoreError::NotFound => Self::TakenOff(TakenOff::Member),
            StoreError::ChangedSinceVerified | StoreError::WrongState => Self::TakenOff(TakenOff::Changed),
            StoreError::Refused(_) => Self::TakenOff(TakenOff::Refused),
            other => Self::Failed(other),
        }
    }
}

/// What publishing needs beside the case.
struct With<'a> {
    edition: i64,
    countries: &'a Gazetteer,
    key: &'a SealingKey,
    today: Day,
    at: jiff::Timestamp,
}

/// Publishes a case that is locked, whose head's row is taken and whose member may.
async fn publish_in(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    case: &Case,
    act: &'static str,
    with: With<'_>,
) -> Result<Published> {
    let With { edition, countries, key, today, at } = with;
    let id = case.id.as_str();
    if case.working_state != Some(WorkingState::Verified) || !case.public_state.may_be_replaced() {
        return Err(StoreError::WrongState);
    }
    if case.verified_hash.as_deref() != Some(case.draft_hash()?.as_str()) {
        return Err(StoreError::ChangedSinceVerified);
    }
    let checked = case.draft.check(countries, today);
    let mut incident = unless_contradicted(tx, case, checked).await?;
    settled(tx, case).await?;
    // What was redacted stays out of every later version too, whatever the case still holds.
    redact::blank_redacted(tx, id, &mut incident).await?;
    let reference = match &case.reference {
        Some(reference) => reference.clone(),
        None => next_reference(tx, incident.start.year()).await?,
    };
    let cause = if case.reference.is_some() { Cause::Correction } else { Cause::Publication };
    // A reviewer's note is never public; the reason of a correction is.
    let reason = case.correction.clone().unwrap_or_default();
    insert_version(tx, NewVersion::incident(id, &reference, &incident, edition)).await?;
    evidence::show(tx, id, edition, key).await?;
    add_edition(tx, edition, cause, Some(id), &reason, at).await?;
    close_case(tx, case, &reference, PublicState::Published, at).await?;
    snapshot(tx, case, member, "published", at).await?;
    let entry = Entry { act, actor: &member.id, subject: &reference, reason: &reason };
    audit::append(tx, at, entry).await?;
    Ok(Published { reference, edition })
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
    // Whatever time was set for the working version: there is none any more.
    forget_schedule(tx, &case.id).await
}
