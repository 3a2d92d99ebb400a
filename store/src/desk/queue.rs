//! What waits for whom: an organisation's working versions, open comments and withdrawals, as one member sees them.
//!
//! A fixed number of queries reads what there is; which section a line stands in, and on whom it waits, the rights
//! function says for the reader and for each colleague.

use std::collections::HashSet;

use domain::case::WorkingState;
use domain::queue::{Section, TakenOff, Why};
use domain::rights::{Action, Facts, Relation, Role, may};
use serde::Deserialize;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Member;
use super::handing::Colleague;
use crate::error::Result;
use crate::{Store, StoreError, slug_or_none};

/// The most that a queue is made of: beyond that, what waits longest.
const WAITING: &str = "SELECT c.id, c.reference, c.working, c.working_state, c.entrant, c.handed_to, c.submitted_by, \
     c.waits_since, c.note, s.due, s.taken_off, \
     CASE WHEN c.working_state = 'verified' AND c.verified_hash = s.hash THEN 1 ELSE 0 END \
     FROM desk_case c LEFT JOIN desk_schedule s ON s.case_id = c.id \
     WHERE c.organisation = $1 AND c.working_state IS NOT NULL ORDER BY c.waits_since, c.id LIMIT 1000";
const CHANGED: &str = "SELECT h.case_id, h.member FROM desk_case_change h \
     JOIN desk_case c ON c.id = h.case_id AND c.version = h.version \
     WHERE c.organisation = $1 AND c.working_state = 'submitted'";
const COMMENTS: &str = "SELECT c.id, c.reference, c.working, c.entrant, c.handed_to, k.field, k.at, \
     (SELECT l.member FROM desk_comment l WHERE l.case_id = k.case_id AND (l.id = k.id OR l.answers = k.id) \
         ORDER BY l.id DESC LIMIT 1), \
     (SELECT COUNT(*) FROM desk_comment o WHERE o.case_id = k.case_id AND (o.id = k.id OR o.answers = k.id) \
         AND o.member = $2), \
     (SELECT COUNT(DISTINCT o.member) FROM desk_comment o WHERE o.case_id = k.case_id \
         AND (o.id = k.id OR o.answers = k.id)) \
     FROM desk_comment k JOIN desk_case c ON c.id = k.case_id \
     WHERE c.organisation = $1 AND k.answers IS NULL AND k.resolved_at IS NULL ORDER BY k.at, k.id LIMIT 1000";
const WITHDRAWALS: &str = "SELECT c.id, c.reference, c.working, w.act, w.field, w.asked_by, w.asked_at, w.begun_by \
     FROM desk_withdrawal w JOIN desk_case c ON c.id = w.case_id \
     WHERE c.organisation = $1 ORDER BY w.asked_at, w.id LIMIT 1000";

pub(super) const QUERIES: &[&str] = &[WAITING, CHANGED, COMMENTS, WITHDRAWALS];

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueLine {
    /// The case.
    pub case: String,
    /// Its reference, once published.
    pub reference: Option<String>,
    /// Its title.
    pub title: String,
    /// Since when it waits.
    pub since: String,
    /// Why it waits.
    pub why: Option<Why>,
    /// The addresses of those on whom it waits.
    pub on: Vec<String>,
    /// The field that it is about, the moment at which it will be published, or the reason given.
    pub about: String,
    /// Why it is not published at the time that was set.
    pub taken_off: Option<TakenOff>,
}

/// What waits, section by section, the oldest first.
pub type Queue = Vec<(Section, Vec<QueueLine>)>;

impl Store {
    /// What waits for `member`, and what of theirs waits for others.
    pub async fn queue(&self, member: &Member) -> Result<Queue> {
        let mut snapshot = self.read_snapshot().await?;
        let organisation = || member.organisation.clone();
        let colleagues = super::handing::colleagues(&mut snapshot, member).await?;
        let changed: HashSet<(String, String)> = sqlx::query(CHANGED)
            .bind(organisation())
            .fetch_all(&mut *snapshot)
            .await?
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<Result<_>>()?;
        let reader = Reader { member, colleagues, changed };
        let mut lines: Vec<(Section, QueueLine)> = Vec::new();
        for row in sqlx::query(WITHDRAWALS).bind(organisation()).fetch_all(&mut *snapshot).await? {
            lines.extend(reader.withdrawal(&row)?);
        }
        for row in sqlx::query(WAITING).bind(organisation()).fetch_all(&mut *snapshot).await? {
            lines.extend(reader.waiting(&row)?);
        }
        let comments = sqlx::query(COMMENTS).bind(organisation()).bind(member.id.clone());
        for row in comments.fetch_all(&mut *snapshot).await? {
            lines.extend(reader.comment(&row)?);
        }
        let of = |section: Section| {
            let those = lines.iter().filter(|(of, _)| *of == section).map(|(_, line)| line.clone());
            (section, those.collect::<Vec<_>>())
        };
        Ok(Section::ALL.iter().map(|section| of(*section)).filter(|(_, lines)| !lines.is_empty()).collect())
    }
}

/// Who reads the queue, and what their rights rest on.
struct Reader<'a> {
    member: &'a Member,
    colleagues: Vec<Colleague>,
    changed: HashSet<(String, String)>,
}

/// A working version that waits.
struct Waiting {
    case: String,
    entrant: String,
    handed_to: Option<String>,
    submitted_by: Option<String>,
    state: WorkingState,
}

impl Waiting {
    fn relation(&self, id: &str) -> Relation {
        relation(&self.entrant, self.handed_to.as_deref(), id)
    }
}

impl Reader<'_> {
    fn may(&self, role: Role, id: &str, waiting: &Waiting, action: Action) -> bool {
        let facts = Facts {
            changed_this_version: self.changed.contains(&(waiting.case.clone(), id.to_owned())),
            submitted_this_version: waiting.submitted_by.as_deref() == Some(id),
            stands_verified: waiting.state == WorkingState::Verified,
            ..Facts::default()
        };
        may(role, waiting.relation(id), action, facts)
    }

    /// The addresses of others who may.
    fn others_who_may(&self, waiting: &Waiting, action: Action) -> Vec<String> {
        let others = self.colleagues.iter().filter(|it| it.id != self.member.id);
        others.filter(|it| self.may(it.role, &it.id, waiting, action)).map(|it| it.email.clone()).collect()
    }

    fn address(&self, id: &str) -> Option<String> {
        self.colleagues.iter().find(|it| it.id == id).map(|it| it.email.clone())
    }

    fn waiting(&self, row: &AnyRow) -> Result<Option<(Section, QueueLine)>> {
        let (me, role) = (self.member.id.as_str(), self.member.role);
        let state: Option<WorkingState> = slug_or_none(row, 3)?;
        let waiting = Waiting {
            case: row.try_get(0)?,
            entrant: row.try_get(4)?,
            handed_to: row.try_get(5)?,
            submitted_by: row.try_get(6)?,
            state: state.ok_or_else(|| StoreError::Unreadable("no state".to_owned()))?,
        };
        let i_may = |action| self.may(role, me, &waiting, action);
        if !i_may(Action::See) {
            return Ok(None);
        }
        let is_mine = waiting.relation(me) != Relation::SameOrganisation;
        let concerns_me = is_mine || role == Role::Reviewer;
        let due: Option<String> = row.try_get(9)?;
        let mut taken_off: Option<TakenOff> = slug_or_none(row, 10)?;
        let is_due = due.is_some() && taken_off.is_none() && row.try_get::<i64, _>(11)? == 1;
        if due.is_some() && !is_due && taken_off.is_none() {
            taken_off = Some(TakenOff::Changed);
        }
        let on = |action| self.others_who_may(&waiting, action);
        let (section, why, names) = match waiting.state {
            WorkingState::Draft if is_mine => (Section::Drafts, None, Vec::new()),
            WorkingState::ChangesRequested if is_mine => (Section::SentBack, None, Vec::new()),
            WorkingState::Submitted if i_may(Action::Verify) => (Section::Review, None, Vec::new()),
            WorkingState::Verified if is_due && concerns_me => (Section::Scheduled, None, Vec::new()),
            WorkingState::Verified if i_may(Action::Publish) => (Section::Publish, None, Vec::new()),
            WorkingState::ChangesRequested if concerns_me => {
                let whose = [Some(waiting.entrant.as_str()), waiting.handed_to.as_deref()];
                let names = whose.into_iter().flatten().filter_map(|id| self.address(id)).collect();
                (Section::Others, Some(Why::Changes), names)
            }
            WorkingState::Submitted if concerns_me => {
                let why = if role == Role::Reviewer { Why::ReviewYouChangedIt } else { Why::Review };
                (Section::Others, Some(why), on(Action::Verify))
            }
            WorkingState::Verified if concerns_me => {
                let why = if role == Role::Reviewer { Why::PublishYouSubmittedIt } else { Why::Publish };
                (Section::Others, Some(why), on(Action::Publish))
            }
            _ => return Ok(None),
        };
        let note: String = row.try_get(8)?;
        let about = if section == Section::Scheduled { due.unwrap_or_default() } else { note };
        let since = row.try_get(7)?;
        Ok(Some((section, QueueLine { why, on: names, taken_off, ..line(row, since, about)? })))
    }

    fn comment(&self, row: &AnyRow) -> Result<Option<(Section, QueueLine)>> {
        let (entrant, handed_to): (String, Option<String>) = (row.try_get(3)?, row.try_get(4)?);
        let of = |id: &str| relation(&entrant, handed_to.as_deref(), id);
        let relation = of(&self.member.id);
        let took_part = row.try_get::<i64, _>(8)? > 0;
        let last: String = row.try_get(7)?;
        // What an entrant asks and nobody answered yet waits for every reviewer.
        let asked = row.try_get::<i64, _>(9)? == 1 && of(&last) != Relation::SameOrganisation;
        let concerns_me = took_part
            || relation != Relation::SameOrganisation
            || (asked && self.member.role == Role::Reviewer);
        let waits = last != self.member.id && concerns_me;
        if !waits || !may(self.member.role, relation, Action::Comment, Facts::default()) {
            return Ok(None);
        }
        Ok(Some((Section::Comments, line(row, row.try_get(6)?, row.try_get(5)?)?)))
    }

    fn withdrawal(&self, row: &AnyRow) -> Result<Option<(Section, QueueLine)>> {
        let (asked_by, begun_by): (String, Option<String>) = (row.try_get(5)?, row.try_get(7)?);
        let erases = row.try_get::<String, _>(3)? == "erase";
        let action = if erases { Action::Erase } else { Action::Redact };
        let may_as = |role: Role, id: &str| {
            let facts = Facts { first_of_two: begun_by.as_deref() == Some(id), ..Facts::default() };
            may(role, Relation::SameOrganisation, action, facts)
        };
        let me = self.member.id.as_str();
        let why = match (begun_by.is_some(), erases) {
            (false, false) => Why::RedactAsked,
            (false, true) => Why::EraseAsked,
            (true, false) => Why::RedactBegun,
            (true, true) => Why::EraseBegun,
        };
        let line = line(row, row.try_get(6)?, row.try_get(4)?)?;
        if may_as(self.member.role, me) {
            return Ok(Some((Section::Withdrawals, QueueLine { why: Some(why), ..line })));
        }
        if asked_by != me && begun_by.as_deref() != Some(me) {
            return Ok(None);
        }
        let others = self.colleagues.iter().filter(|it| it.id != me && may_as(it.role, &it.id));
        let on = others.map(|it| it.email.clone()).collect();
        Ok(Some((Section::Others, QueueLine { why: Some(why), on, ..line })))
    }
}

fn relation(entrant: &str, handed_to: Option<&str>, id: &str) -> Relation {
    match (entrant == id, handed_to == Some(id)) {
        (true, _) => Relation::Entrant,
        (_, true) => Relation::HandedOver,
        _ => Relation::SameOrganisation,
    }
}

/// What every line has: its case, reference and working version stand in the first three columns.
fn line(row: &AnyRow, since: String, about: String) -> Result<QueueLine> {
    Ok(QueueLine {
        case: row.try_get(0)?,
        reference: row.try_get(1)?,
        title: title(row, 2)?,
        since,
        why: None,
        on: Vec::new(),
        about,
        taken_off: None,
    })
}

/// The title alone of a working version.
fn title(row: &AnyRow, column: usize) -> Result<String> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Titled {
        title: String,
    }
    let json: Option<String> = row.try_get(column)?;
    Ok(json.map(|json| serde_json::from_str::<Titled>(&json)).transpose()?.unwrap_or_default().title)
}
