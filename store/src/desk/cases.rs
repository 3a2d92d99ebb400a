//! Cases: reading them, and the steps that a member's role allows.

use domain::case::{PublicState, Step, WorkingState};
use domain::country::Gazetteer;
use domain::incident::Draft;
use domain::rights::{Action, Facts, Relation, Role, may};
use domain::{Day, stored};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use crate::error::Result;
use crate::{Store, StoreError, new_id, slug, slug_or_none, stamp, text};

// Both lists begin with the same columns, which `case` below reads by position.
const GET: &str = "SELECT c.id, c.organisation, c.entrant, c.handed_to, c.reference, c.public_state, c.hidden_by, \
     c.working_state, c.working, c.revision, c.field_revisions, c.version, c.submitted_by, c.verified_by, \
     c.verified_hash, c.note, c.changed_at, c.correction, c.evidence, c.partner, c.notes_shared FROM desk_case c WHERE c.id = $1";
const BY_REFERENCE: &str = "SELECT id FROM desk_case WHERE reference = $1";
const LOCK: &str = "UPDATE desk_case SET revision = revision WHERE id = $1";
const LIST: &str = "SELECT id, reference, public_state, working_state, working, changed_at, entrant, note \
     FROM desk_case WHERE organisation = $1 AND ($2 = '' OR changed_at < $2 OR (changed_at = $2 AND id < $3)) \
     ORDER BY changed_at DESC, id DESC LIMIT $4";
const HANDED: &str = "SELECT id, reference, public_state, working_state, working, changed_at, entrant, note \
     FROM desk_case WHERE partner = $1 AND working_state IN ('submitted', 'verified') \
     ORDER BY changed_at, id LIMIT 200";
const ADD: &str = "INSERT INTO desk_case (id, organisation, entrant, public_state, working_state, working, revision, \
     field_revisions, version, note, created_at, changed_at, waits_since) \
     VALUES ($1, $2, $3, 'none', 'draft', $4, 1, '{}', 1, '', $5, $5, $5)";
const CHANGED_BY: &str =
    "SELECT COUNT(*) FROM desk_case_change WHERE case_id = $1 AND version = $2 AND member = $3";
const SET_STATE: &str = "UPDATE desk_case SET working_state = $2, submitted_by = $3, verified_by = $4, \
     verified_hash = $5, note = $6, changed_at = $7, waits_since = $7 WHERE id = $1";
const ADD_VERSION: &str = "INSERT INTO desk_case_version (case_id, number, made_at, made_by, step, draft) \
     VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM desk_case_version WHERE case_id = $1), $2, $3, $4, $5)";
const LAST_VERSION: &str =
    "SELECT draft FROM desk_case_version WHERE case_id = $1 ORDER BY number DESC LIMIT 1";
const VERSIONS: &str = "SELECT number, made_at, made_by, step, draft FROM desk_case_version WHERE case_id = $1 ORDER BY number DESC";
const LAST_SUBMITTED: &str = "SELECT made_by FROM desk_case_version \
     WHERE case_id = $1 AND step = 'submitted' ORDER BY number DESC LIMIT 1";
const LAST_PUBLISHED: &str = "SELECT draft FROM desk_case_version \
     WHERE case_id = $1 AND step = 'published' ORDER BY number DESC LIMIT 1";
const OPEN_AGAIN: &str = "UPDATE desk_case SET working_state = 'draft', working = $2, revision = revision + 1, \
     version = version + 1, submitted_by = NULL, verified_by = NULL, verified_hash = NULL, note = $3, \
     correction = $3, changed_at = $4, waits_since = $4 WHERE id = $1";

pub(super) const QUERIES: &[&str] = &[
    GET,
    BY_REFERENCE,
    LOCK,
    LIST,
    HANDED,
    ADD,
    CHANGED_BY,
    SET_STATE,
    ADD_VERSION,
    LAST_VERSION,
    VERSIONS,
    LAST_SUBMITTED,
    LAST_PUBLISHED,
    OPEN_AGAIN,
];

/// A case, as its organisation sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// The organisation that owns it.
    pub organisation: String,
    /// Who entered it.
    pub entrant: String,
    /// To whom it was handed over.
    pub handed_to: Option<String>,
    /// Its reference, once published.
    pub reference: Option<String>,
    /// What the public has of it.
    pub public_state: PublicState,
    /// Who hid it, while it is hidden.
    pub hidden_by: Option<String>,
    /// Where the working version stands; `None` where there is none.
    pub working_state: Option<WorkingState>,
    /// The working version (the last one, where there is none).
    pub draft: Draft,
    /// Raised by every save.
    pub revision: i64,
    /// At which revision each field last changed.
    pub field_revisions: std::collections::BTreeMap<String, i64>,
    /// The number of the working version.
    pub version: i64,
    /// Who handed it in.
    pub submitted_by: Option<String>,
    /// Who stands for it.
    pub verified_by: Option<String>,
    /// The hash of what they saw.
    pub verified_hash: Option<String>,
    /// Why changes were requested, or why a correction was begun.
    pub note: String,
    /// When it last changed.
    pub changed_at: String,
    /// Why the correction that is under way was begun: public when it is published.
    pub correction: Option<String>,
    /// The hash of the evidence that readers get with the working version; empty where that is none.
    pub evidence: String,
    /// The organisation to whose reviewers it is handed as second person.
    pub partner: Option<String>,
    /// The entrant showed the sealed notes to the organisation's researchers.
    pub notes_shared: bool,
}

/// A line of the desk's list.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLine {
    /// Its id.
    pub id: String,
    /// Its reference, once published.
    pub reference: Option<String>,
    /// What the public has of it.
    pub public_state: PublicState,
    /// Where the working version stands.
    pub working_state: Option<WorkingState>,
    /// The working version.
    pub draft: Draft,
    /// When it last changed.
    pub changed_at: String,
    /// Who entered it.
    pub entrant: String,
    /// Why changes were requested.
    pub note: String,
}

/// A snapshot of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionLine {
    /// Its number.
    pub number: i64,
    /// When.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
    /// By which step.
    pub step: String,
    /// What it held.
    pub draft: Draft,
}

impl Case {
    /// How `member` stands to it.
    pub fn relation(&self, member: &Member) -> Relation {
        if self.organisation != member.organisation {
            let waits = matches!(self.working_state, Some(WorkingState::Submitted | WorkingState::Verified));
            let is_partner = self.partner.as_deref() == Some(member.organisation.as_str());
            if waits && is_partner { Relation::Partner } else { Relation::Other }
        } else if self.entrant == member.id {
            Relation::Entrant
        } else if self.handed_to.as_deref() == Some(member.id.as_str()) {
            Relation::HandedOver
        } else {
            Relation::SameOrganisation
        }
    }

    /// The hash that a verification names: of exactly what would be published, the reason for a correction and the
    /// evidence too.
    pub fn draft_hash(&self) -> Result<String> {
        let all = (&self.draft, &self.correction, &self.evidence);
        Ok(stored::content_hash(&serde_json::to_string(&all)?))
    }
}

impl Store {
    /// Opens a new, empty case of the member's organisation; its id.
    pub async fn new_case(&self, member: &Member, at: jiff::Timestamp) -> Result<String> {
        let draft = Draft { language: "en".to_owned(), ..Draft::default() };
        let mut tx = self.write().await?;
        let id = open(&mut tx, member, draft, at).await?.id;
        audit::append(&mut tx, at, Entry { act: "case opened", actor: &member.id, subject: &id, reason: "" })
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The cases of partner organisations that wait for this member's review, the longest first.
    pub async fn handed_cases(&self, member: &Member) -> Result<Vec<CaseLine>> {
        if !may(member.role, Relation::Partner, Action::List, Facts::default()) {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(HANDED).bind(member.organisation.clone()).fetch_all(self.desk_pool()).await?;
        rows.iter().map(case_line).collect()
    }

    /// The cases of the member's organisation, last changed first; after a line of the page before, at most `limit`.
    pub async fn cases(
        &self,
        member: &Member,
        after: Option<(&str, &str)>,
        limit: i64,
    ) -> Result<Vec<CaseLine>> {
        let (changed_at, id) = after.unwrap_or_default();
        let rows = sqlx::query(LIST)
            .bind(member.organisation.clone())
            .bind(text(changed_at))
            .bind(text(id))
            .bind(limit)
            .fetch_all(self.desk_pool())
            .await?;
        rows.iter().map(case_line).collect()
    }

    /// A case and the facts that two-person rules ask for; not found where it belongs to others.
    pub async fn case(&self, member: &Member, id: &str) -> Result<(Case, Facts)> {
        let mut connection = self.desk_pool().acquire().await?;
        let row = sqlx::query(GET).bind(text(id)).fetch_optional(&mut *connection).await?;
        let case = case(&row.ok_or(StoreError::NotFound)?)?;
        let facts = facts(&mut connection, &case, member).await?;
        allow(member, &case, Action::List, facts)?;
        Ok((case, facts))
    }

    /// The case behind a reference.
    pub async fn case_of_reference(&self, reference: &str) -> Result<Option<String>> {
        let row = sqlx::query(BY_REFERENCE).bind(text(reference)).fetch_optional(self.desk_pool()).await?;
        row.map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// The snapshots of a case, newest first.
    pub async fn case_versions(&self, member: &Member, id: &str) -> Result<Vec<VersionLine>> {
        let (case, facts) = self.case(member, id).await?;
        allow(member, &case, Action::See, facts)?;
        if case.relation(member) == Relation::Partner {
            // How it came about is the owner's business.
            return Ok(Vec::new());
        }
        let rows = sqlx::query(VERSIONS).bind(id.to_owned()).fetch_all(self.desk_pool()).await?;
        rows.iter()
            .map(|row| {
                Ok(VersionLine {
                    number: row.try_get(0)?,
                    made_at: row.try_get(1)?,
                    made_by: row.try_get(2)?,
                    step: row.try_get(3)?,
                    draft: draft(row, 4)?,
                })
            })
            .collect()
    }

    /// Hands the working version in.
    pub async fn submit(
        &self,
        member: &Member,
        id: &str,
        countries: &Gazetteer,
        today: Day,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Submit, facts)?;
        let next = after(&case, Step::Submit)?;
        let may_submit = case.draft.may_submit(countries, today);
        super::unless_contradicted(&mut tx, &case, may_submit).await?;
        super::settled(&mut tx, &case).await?;
        let set = State { submitted_by: Some(&member.id), ..State::of(next) };
        step(&mut tx, &case, member, set, "submitted", "", at).await?;
        Ok(tx.commit().await?)
    }

    /// Sends the working version back, with a reason.
    pub async fn request_changes(
        &self,
        member: &Member,
        id: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::RequestChanges, facts)?;
        let next = after(&case, Step::RequestChanges)?;
        step(
            &mut tx,
            &case,
            member,
            State { note: reason, ..State::of(next) },
            "changes requested",
            reason,
            at,
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Stands for exactly what the member saw (`seen` is the hash of it), once it holds all that publishing asks.
    pub async fn verify(
        &self,
        member: &Member,
        id: &str,
        seen: &str,
        countries: &Gazetteer,
        today: Day,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Verify, facts)?;
        let next = after(&case, Step::Verify)?;
        let hash = case.draft_hash()?;
        if hash != seen {
            return Err(StoreError::ChangedSinceVerified);
        }
        super::unless_contradicted(&mut tx, &case, case.draft.check(countries, today)).await?;
        super::settled(&mut tx, &case).await?;
        let set = State {
            submitted_by: case.submitted_by.as_deref(),
            verified_by: Some(&member.id),
            verified_hash: Some(&hash),
            ..State::of(next)
        };
        step(&mut tx, &case, member, set, "verified", "", at).await?;
        Ok(tx.commit().await?)
    }

    /// Opens a new working version of a published (or retracted) incident, from what is published.
    pub async fn begin_correction(
        &self,
        member: &Member,
        id: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::EditAnalysis, facts)?;
        if case.working_state.is_some() || !case.public_state.may_be_replaced() {
            return Err(StoreError::WrongState);
        }
        // What was published, not edits that a retraction cut short; starter cases have no snapshot.
        let row = sqlx::query(LAST_PUBLISHED).bind(id.to_owned()).fetch_optional(&mut *tx).await?;
        let published: Option<String> = row.map(|row| row.try_get(0)).transpose()?;
        let standing = serde_json::to_string(&case.draft)?;
        sqlx::query(OPEN_AGAIN)
            .bind(id.to_owned())
            .bind(published.unwrap_or(standing))
            .bind(text(reason))
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        // Whoever gives the public reason has changed something in this version.
        super::change::mark(&mut tx, id, case.version + 1, member).await?;
        let entry = Entry { act: "correction begun", actor: &member.id, subject: id, reason };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }
}

/// A new case of the member's organisation that holds `draft`.
pub(super) async fn open(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    draft: Draft,
    at: jiff::Timestamp,
) -> Result<Case> {
    let id = new_id();
    sqlx::query(ADD)
        .bind(id.clone())
        .bind(member.organisation.clone())
        .bind(member.id.clone())
        .bind(serde_json::to_string(&draft)?)
        .bind(stamp(at))
        .execute(&mut **tx)
        .await?;
    let row = sqlx::query(GET).bind(id).fetch_one(&mut **tx).await?;
    case(&row)
}

/// What a step sets.
struct State<'a> {
    state: WorkingState,
    submitted_by: Option<&'a str>,
    verified_by: Option<&'a str>,
    verified_hash: Option<&'a str>,
    note: &'a str,
}

impl State<'_> {
    fn of(state: WorkingState) -> Self {
        Self { state, submitted_by: None, verified_by: None, verified_hash: None, note: "" }
    }
}

async fn step(
    tx: &mut Transaction<'_, Any>,
    case: &Case,
    member: &Member,
    set: State<'_>,
    act: &'static str,
    reason: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(SET_STATE)
        .bind(case.id.clone())
        .bind(set.state.slug())
        .bind(set.submitted_by.map(str::to_owned))
        .bind(set.verified_by.map(str::to_owned))
        .bind(set.verified_hash.map(str::to_owned))
        .bind(text(set.note))
        .bind(stamp(at))
        .execute(&mut **tx)
        .await?;
    snapshot(tx, case, member, act, at).await?;
    audit::append(tx, at, Entry { act, actor: &member.id, subject: &case.id, reason }).await
}

/// Keeps what the case holds now as a version.
pub(crate) async fn snapshot(
    tx: &mut Transaction<'_, Any>,
    case: &Case,
    member: &Member,
    act: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(ADD_VERSION)
        .bind(case.id.clone())
        .bind(stamp(at))
        .bind(member.id.clone())
        .bind(act.to_owned())
        .bind(serde_json::to_string(&case.draft)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What the case holds now is already kept as its newest version.
pub(super) async fn is_kept(tx: &mut Transaction<'_, Any>, case: &Case) -> Result<bool> {
    let row = sqlx::query(LAST_VERSION).bind(case.id.clone()).fetch_optional(&mut **tx).await?;
    row.map_or(Ok(false), |row| Ok(draft(&row, 0)? == case.draft))
}

fn after(case: &Case, step: Step) -> Result<WorkingState> {
    case.working_state.and_then(|state| state.after(step)).ok_or(StoreError::WrongState)
}

/// Refuses what the rights function does not allow. What a member may not even list does not exist for them.
pub(crate) fn allow(member: &Member, case: &Case, action: Action, facts: Facts) -> Result<()> {
    let relation = case.relation(member);
    if may(member.role, relation, action, facts) {
        Ok(())
    } else if may(member.role, relation, Action::List, facts) {
        Err(StoreError::Forbidden)
    } else {
        Err(StoreError::NotFound)
    }
}

/// Reads a case inside a write, locked until its end.
pub(crate) async fn locked(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    id: &str,
) -> Result<(Case, Facts)> {
    sqlx::query(LOCK).bind(text(id)).execute(&mut **tx).await?;
    let row = sqlx::query(GET).bind(text(id)).fetch_optional(&mut **tx).await?;
    let case = case(&row.ok_or(StoreError::NotFound)?)?;
    let facts = facts(tx, &case, member).await?;
    Ok((case, facts))
}

async fn facts(connection: &mut AnyConnection, case: &Case, member: &Member) -> Result<Facts> {
    let changed = sqlx::query(CHANGED_BY)
        .bind(case.id.clone())
        .bind(case.version)
        .bind(member.id.clone())
        .fetch_one(&mut *connection)
        .await?;
    let mut submitted_by = case.submitted_by.clone();
    if case.working_state.is_none() {
        // What is public now was handed in by whoever submitted last.
        let row = sqlx::query(LAST_SUBMITTED).bind(case.id.clone()).fetch_optional(&mut *connection).await?;
        submitted_by = row.map(|row| row.try_get(0)).transpose()?;
    }
    // The one rule that asks for it is the analyst's.
    let mut analysis_alone = false;
    if member.role == Role::Analyst && case.reference.is_some() && case.working_state.is_some() {
        let row = sqlx::query(LAST_PUBLISHED).bind(case.id.clone()).fetch_optional(&mut *connection).await?;
        let published = row.map(|row| draft(&row, 0)).transpose()?;
        analysis_alone = published.is_some_and(|it| it.differs_in_analysis_alone(&case.draft));
    }
    let is_theirs = |who: &Option<String>| who.as_deref() == Some(member.id.as_str());
    Ok(Facts {
        changed_this_version: changed.try_get::<i64, _>(0)? > 0,
        submitted_this_version: is_theirs(&submitted_by),
        verified_this_version: is_theirs(&case.verified_by),
        stands_verified: case.working_state == Some(WorkingState::Verified),
        notes_shared: case.notes_shared,
        first_of_two: is_theirs(&case.hidden_by),
        analysis_alone,
    })
}

fn case_line(row: &AnyRow) -> Result<CaseLine> {
    Ok(CaseLine {
        id: row.try_get(0)?,
        reference: row.try_get(1)?,
        public_state: slug(row, 2)?,
        working_state: slug_or_none(row, 3)?,
        draft: draft(row, 4)?,
        changed_at: row.try_get(5)?,
        entrant: row.try_get(6)?,
        note: row.try_get(7)?,
    })
}

fn case(row: &AnyRow) -> Result<Case> {
    let field_revisions: String = row.try_get(10)?;
    Ok(Case {
        id: row.try_get(0)?,
        organisation: row.try_get(1)?,
        entrant: row.try_get(2)?,
        handed_to: row.try_get(3)?,
        reference: row.try_get(4)?,
        public_state: slug(row, 5)?,
        hidden_by: row.try_get(6)?,
        working_state: slug_or_none(row, 7)?,
        draft: draft(row, 8)?,
        revision: row.try_get(9)?,
        field_revisions: serde_json::from_str(&field_revisions)?,
        version: row.try_get(11)?,
        submitted_by: row.try_get(12)?,
        verified_by: row.try_get(13)?,
        verified_hash: row.try_get(14)?,
        note: row.try_get(15)?,
        changed_at: row.try_get(16)?,
        correction: row.try_get(17)?,
        evidence: row.try_get(18)?,
        partner: row.try_get(19)?,
        notes_shared: row.try_get::<i64, _>(20)? != 0,
    })
}

pub(super) fn draft(row: &AnyRow, column: usize) -> Result<Draft> {
    let json: Option<String> = row.try_get(column)?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}
