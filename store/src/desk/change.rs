//! Saving what is typed: whole forms and autosaves take the same way, that of the case and that of its analysis.
//!
//! A save names the revision it is based on. Fields that nobody else changed since are merged; a field that
//! somebody else changed to another text is a conflict, told with both texts, and nothing of that save is
//! written.

use std::collections::BTreeMap;

use domain::case::{Step, WorkingState};
use domain::form::{Form, flatten, parse};
use domain::rights::Action;
use sqlx::{Any, Transaction};

use super::Member;
use super::audit::{self, Entry};
use super::cases::{Case, allow, is_kept, locked, snapshot};
use super::likely;
use crate::error::Result;
use crate::{Store, StoreError, stamp};

const SAVE: &str = "UPDATE desk_case SET working = $2, revision = $3, field_revisions = $4, working_state = $5, \
     verified_by = NULL, verified_hash = NULL, changed_at = $6, \
     waits_since = CASE WHEN working_state = $5 THEN waits_since ELSE $6 END WHERE id = $1";
const MARK: &str = "INSERT INTO desk_case_change (case_id, version, member) VALUES ($1, $2, $3) \
     ON CONFLICT (case_id, version, member) DO NOTHING";

pub(super) const QUERIES: &[&str] = &[SAVE, MARK];

/// What came of a save.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// Kept; the revision to base the next save on.
    At(i64),
    /// Somebody else changed the same fields since; nothing was written.
    Conflict {
        /// The revision that stands there now.
        revision: i64,
        /// The fields, with both texts.
        conflicts: Vec<Conflict>,
    },
}

/// A field that two changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// What this save holds.
    pub mine: String,
    /// What stands there.
    pub theirs: String,
}

impl Store {
    /// Sets `fields` of the working version, based on revision `base`. With `keep`, a version is made of it.
    pub async fn save(
        &self,
        member: &Member,
        id: &str,
        base: i64,
        fields: &[(String, String)],
        keep: bool,
        at: jiff::Timestamp,
    ) -> Result<Saved> {
        self.save_form(member, id, base, (Form::Case, fields), keep, at).await
    }

    /// Sets `fields` of the working version's analysis, as [`Store::save`] does those of the case.
    pub async fn save_analysis(
        &self,
        member: &Member,
        id: &str,
        base: i64,
        fields: &[(String, String)],
        keep: bool,
        at: jiff::Timestamp,
    ) -> Result<Saved> {
        self.save_form(member, id, base, (Form::Analysis, fields), keep, at).await
    }

    async fn save_form(
        &self,
        member: &Member,
        id: &str,
        base: i64,
        fields: (Form, &[(String, String)]),
        keep: bool,
        at: jiff::Timestamp,
    ) -> Result<Saved> {
        let mut tx = self.write().await?;
        let saved = save_in(&mut tx, member, id, base, fields, keep, at).await?;
        if matches!(saved, Saved::At(_)) {
            tx.commit().await?;
        }
        Ok(saved)
    }
}

/// Saves inside a write that does more. A conflict has written nothing.
pub(super) async fn save_in(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    id: &str,
    base: i64,
    (form, fields): (Form, &[(String, String)]),
    keep: bool,
    at: jiff::Timestamp,
) -> Result<Saved> {
    let (mut case, facts) = locked(tx, member, id).await?;
    let action = match form {
        Form::Case => Action::Edit,
        Form::Analysis => Action::EditAnalysis,
    };
    allow(member, &case, action, facts)?;
    let state = case.working_state.ok_or(StoreError::WrongState)?;
    let before = flatten(&case.draft);
    let draft = parse(form, &case.draft, fields).map_err(StoreError::Refused)?;
    let after = flatten(&draft);
    let changed = changed_names(&before, &after);
    // A revision that the case never had is no base at all.
    let base = if base > case.revision { 0 } else { base };
    let conflicts = conflicts(&case, base, &changed, &before, &after);
    if !conflicts.is_empty() {
        return Ok(Saved::Conflict { revision: case.revision, conflicts });
    }
    if changed.is_empty() {
        // Autosave may have kept every word already: pressing the button then makes the version.
        if keep && !is_kept(tx, &case).await? {
            keep_version(tx, &case, member, at).await?;
        }
        return Ok(Saved::At(case.revision));
    }
    let revision = case.revision + 1;
    case.field_revisions.extend(changed.into_iter().map(|name| (name, revision)));
    case.draft = draft;
    let next = state.after(Step::Edit).unwrap_or(WorkingState::Draft);
    sqlx::query(SAVE)
        .bind(id.to_owned())
        .bind(serde_json::to_string(&case.draft)?)
        .bind(revision)
        .bind(serde_json::to_string(&case.field_revisions)?)
        .bind(next.slug())
        .bind(stamp(at))
        .execute(&mut **tx)
        .await?;
    likely::keep_places(tx, &case).await?;
    mark(tx, id, case.version, member).await?;
    if keep || state != next {
        keep_version(tx, &case, member, at).await?;
    }
    Ok(Saved::At(revision))
}

async fn keep_version(
    tx: &mut Transaction<'_, Any>,
    case: &Case,
    member: &Member,
    at: jiff::Timestamp,
) -> Result<()> {
    snapshot(tx, case, member, "saved", at).await?;
    let entry = Entry { act: "case saved", actor: &member.id, subject: &case.id, reason: "" };
    audit::append(tx, at, entry).await
}

/// Notes that `member` changed something in a working version: they cannot verify it.
pub(super) async fn mark(
    tx: &mut Transaction<'_, Any>,
    id: &str,
    version: i64,
    member: &Member,
) -> Result<()> {
    sqlx::query(MARK).bind(id.to_owned()).bind(version).bind(member.id.clone()).execute(&mut **tx).await?;
    Ok(())
}

fn changed_names(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let text = |fields: &BTreeMap<String, String>, name: &str| fields.get(name).cloned().unwrap_or_default();
    let mut names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| text(before, name) != text(after, name));
    names
}

/// Fields that this save changes and that changed after the revision it is based on.
fn conflicts(
    case: &Case,
    base: i64,
    changed: &[String],
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<Conflict> {
    let newer = |name: &&String| case.field_revisions.get(*name).is_some_and(|revision| *revision > base);
    let text = |fields: &BTreeMap<String, String>, name: &str| fields.get(name).cloned().unwrap_or_default();
    changed
        .iter()
        .filter(newer)
        .map(|name| Conflict { field: name.clone(), mine: text(after, name), theirs: text(before, name) })
        .collect()
}
