//! Comments: what colleagues say to each other of a field, or of a whole case. Never public.

use domain::form;
use domain::incident::check_reason;
use domain::rights::{Action, Relation};
use domain::{FieldError, Problem};
use sqlx::{Any, Row, Transaction};

use super::Member;
use super::audit::{self, Entry};
use super::cases::{Case, allow, locked};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

const ADD: &str = "INSERT INTO desk_comment (id, case_id, answers, field, body, member, at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ONE: &str = "SELECT k.field, k.resolved_at, (SELECT MIN(o.organisation) FROM desk_membership o WHERE o.member = k.member) \
     FROM desk_comment k WHERE k.case_id = $1 AND k.id = $2 AND k.answers IS NULL";
const RESOLVE: &str = "UPDATE desk_comment SET resolved_by = $2, resolved_at = $3 WHERE id = $1";
const OF_CASE: &str = "SELECT k.id, k.answers, k.field, k.body, m.email, k.at, r.email, k.resolved_at, \
     (SELECT MIN(o.organisation) FROM desk_membership o WHERE o.member = k.member), \
     (SELECT MIN(o.organisation) FROM desk_membership o WHERE o.member = k.resolved_by) \
     FROM desk_comment k JOIN desk_member m ON m.id = k.member LEFT JOIN desk_member r ON r.id = k.resolved_by \
     WHERE k.case_id = $1 ORDER BY k.id LIMIT 5000";

const OWNER: &str = "SELECT name FROM desk_organisation WHERE id = $1";

pub(super) const QUERIES: &[&str] = &[ADD, ONE, RESOLVE, OF_CASE, OWNER];

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Their address, or to a partner's reviewer the name of the owner's organisation. Never public.
    pub by: String,
    /// When.
    pub at: String,
    /// What.
    pub body: String,
}

/// A comment with its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// The field that it is about; empty for the whole case.
    pub field: String,
    /// What was said, in order; never empty.
    pub said: Vec<Said>,
    /// Who resolved it, and when.
    pub resolved: Option<(String, String)>,
}

impl Store {
    /// Comments on a field of a case, or with an empty `field` on the whole.
    pub async fn comment(
        &self,
        member: &Member,
        id: &str,
        field: &str,
        body: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let case = may_comment(&mut tx, member, id).await?;
        if !field.is_empty() && !form::flatten(&case.draft).contains_key(field) {
            return Err(StoreError::NotFound);
        }
        add(&mut tx, member, id, None, field, body, at).await?;
        Ok(tx.commit().await?)
    }

    /// Answers a comment that is not resolved.
    pub async fn answer_comment(
        &self,
        member: &Member,
        id: &str,
        comment: &str,
        body: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let case = may_comment(&mut tx, member, id).await?;
        let field = open(&mut tx, member, &case, comment).await?;
        add(&mut tx, member, id, Some(comment), &field, body, at).await?;
        Ok(tx.commit().await?)
    }

    /// Resolves a comment: nobody has to answer it any more.
    pub async fn resolve_comment(
        &self,
        member: &Member,
        id: &str,
        comment: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let case = may_comment(&mut tx, member, id).await?;
        open(&mut tx, member, &case, comment).await?;
        sqlx::query(RESOLVE)
            .bind(comment.to_owned())
            .bind(member.id.clone())
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        let entry = Entry { act: "comment resolved", actor: &member.id, subject: id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        Ok(tx.commit().await?)
    }

    /// The comments on a case that the member sees, in the order in which they began.
    pub async fn comments(&self, member: &Member, id: &str) -> Result<Vec<Comment>> {
        let (case, facts) = self.case(member, id).await?;
        allow(member, &case, Action::See, facts)?;
        let mut comments: Vec<Comment> = Vec::new();
        let owner = match case.relation(member) {
            Relation::Partner => {
                let row = sqlx::query(OWNER).bind(case.organisation.clone());
                row.fetch_one(self.desk_pool()).await?.try_get(0)?
            }
            _ => String::new(),
        };
        // A partner is told what the owner's members answer, not who they are.
        let name = |address: String, of: Option<String>| match sees(member, &case, &of) {
            true => address,
            false => owner.clone(),
        };
        for row in sqlx::query(OF_CASE).bind(case.id.clone()).fetch_all(self.desk_pool()).await? {
            let said = Said {
                by: name(row.try_get(4)?, row.try_get(8)?),
                at: row.try_get(5)?,
                body: row.try_get(3)?,
            };
            let answers: Option<String> = row.try_get(1)?;
            let Some(first) = answers else {
                if !sees(member, &case, &row.try_get::<Option<String>, _>(8)?) {
                    continue;
                }
                let resolved_in: Option<String> = row.try_get(9)?;
                let resolved: (Option<String>, Option<String>) = (row.try_get(6)?, row.try_get(7)?);
                comments.push(Comment {
                    id: row.try_get(0)?,
                    field: row.try_get(2)?,
                    said: vec![said],
                    resolved: resolved.0.map(|by| name(by, resolved_in)).zip(resolved.1),
                });
                continue;
            };
            if let Some(comment) = comments.iter_mut().find(|comment| comment.id == first) {
                comment.said.push(said);
            }
        }
        Ok(comments)
    }
}

/// A partner's reviewer sees what their own organisation began, with the answers: not what the owner's members say
/// among themselves.
fn sees(member: &Member, case: &Case, begun_in: &Option<String>) -> bool {
    case.relation(member) != Relation::Partner || begun_in.as_deref() == Some(member.organisation.as_str())
}

async fn may_comment(tx: &mut Transaction<'_, Any>, member: &Member, id: &str) -> Result<Case> {
    let (case, facts) = locked(tx, member, id).await?;
    allow(member, &case, Action::Comment, facts)?;
    Ok(case)
}

/// The field of a comment that is not resolved.
async fn open(tx: &mut Transaction<'_, Any>, member: &Member, case: &Case, comment: &str) -> Result<String> {
    let row = sqlx::query(ONE).bind(case.id.clone()).bind(text(comment)).fetch_optional(&mut **tx).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    if !sees(member, case, &row.try_get::<Option<String>, _>(2)?) {
        return Err(StoreError::NotFound);
    }
    match row.try_get::<Option<String>, _>(1)? {
        Some(_) => Err(StoreError::WrongState),
        None => Ok(row.try_get(0)?),
    }
}

async fn add(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    id: &str,
    answers: Option<&str>,
    field: &str,
    body: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    let said = |problem: Problem| StoreError::Refused(vec![FieldError::new("body", problem)]);
    let body = check_reason(body).map_err(said)?;
    sqlx::query(ADD)
        .bind(new_id())
        .bind(id.to_owned())
        .bind(answers.map(str::to_owned))
        .bind(field.to_owned())
        .bind(text(&body))
        .bind(member.id.clone())
        .bind(stamp(at))
        .execute(&mut **tx)
        .await?;
    let act = if answers.is_some() { "comment answered" } else { "comment written" };
    audit::append(tx, at, Entry { act, actor: &member.id, subject: id, reason: "" }).await
}
