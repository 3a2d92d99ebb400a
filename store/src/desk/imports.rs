//! Rows of a publisher's file that become cases: all in one write, each once however often the file comes.

use domain::incident::Draft;
use domain::rights::Role;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::audit::{self, Entry};
use super::cases::{self, snapshot};
use super::{Case, Likely, Member, likely};
use crate::error::Result;
use crate::{Store, StoreError, new_id, stamp, text};

const KNOWN: &str = "SELECT case_id FROM desk_import_row WHERE organisation = $1 AND row_hash = $2";
const ADD: &str = "INSERT INTO desk_import (id, organisation, member, at, file_name, file_hash, mapping, report) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ADD_ROW: &str = "INSERT INTO desk_import_row (organisation, row_hash, import, sheet, number, case_id) \
     VALUES ($1, $2, $3, $4, $5, $6)";
const CASES: &str =
    "SELECT sheet, number, case_id FROM desk_import_row WHERE import = $1 ORDER BY sheet, number";

pub(super) const QUERIES: &[&str] = &[KNOWN, ADD, ADD_ROW, CASES];

/// A file to import.
#[derive(Debug)]
pub struct NewImport<'a> {
    /// Its name.
    pub file_name: &'a str,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub file_hash: &'a str,
    /// The mapping that read it.
    pub mapping: &'a str,
    /// What became of the rows that make no case, as JSON.
    pub report: &'a str,
    /// The cases.
    pub rows: &'a [NewRow],
}

/// A row that becomes a case.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// Its sheet; empty where the file has none.
    pub sheet: String,
    /// Its row.
    pub number: i64,
    /// The SHA-256 of what its publisher tells it by, in hexadecimal.
    pub row_hash: String,
    /// The case.
    pub draft: Draft,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its id; `None` where every row was there already, so that nothing was written.
    pub id: Option<String>,
    /// How many cases are new.
    pub new: usize,
    /// How many rows were there already.
    pub same: usize,
}

/// A case that came with an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedCase {
    /// The row's sheet.
    pub sheet: String,
    /// The row.
    pub number: i64,
    /// The case's id.
    pub case: String,
    /// What may be the same: to be linked or set aside at the desk.
    pub likely: Vec<Likely>,
}

impl Store {
    /// Which of these rows the member's organisation has not yet, in their order.
    pub async fn unknown_rows(&self, member: &Member, rows: &[NewRow]) -> Result<Vec<usize>> {
        let mut connection = self.desk_pool().acquire().await?;
        let mut unknown = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            if !is_known(&mut connection, member, row).await? {
                unknown.push(i);
            }
        }
        Ok(unknown)
    }

    /// Opens a case for each row that is not there yet: all of them, or none. The member is their entrant.
    pub async fn import_cases(
        &self,
        member: &Member,
        import: NewImport<'_>,
        at: jiff::Timestamp,
    ) -> Result<Imported> {
        if !matches!(member.role, Role::Researcher | Role::Reviewer) {
            return Err(StoreError::Forbidden);
        }
        let id = new_id();
        let mut tx = self.write().await?;
        sqlx::query(ADD)
            .bind(id.clone())
            .bind(member.organisation.clone())
            .bind(member.id.clone())
            .bind(stamp(at))
            .bind(text(import.file_name))
            .bind(import.file_hash.to_owned())
            .bind(text(import.mapping))
            .bind(text(import.report))
            .execute(&mut *tx)
            .await?;
        let mut new = 0;
        for row in import.rows {
            if !is_known(&mut tx, member, row).await? {
                add(&mut tx, member, &id, row, at).await?;
                new += 1;
            }
        }
        let same = import.rows.len() - new;
        if new == 0 {
            return Ok(Imported { id: None, new, same });
        }
        let entry = Entry { act: "cases imported", actor: &member.id, subject: &id, reason: "" };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(Imported { id: Some(id), new, same })
    }

    /// The cases of an import, each with what may be the same.
    pub async fn imported_cases(&self, member: &Member, import: &str) -> Result<Vec<ImportedCase>> {
        let rows = sqlx::query(CASES).bind(text(import)).fetch_all(self.desk_pool()).await?;
        let mut all = Vec::new();
        for row in rows {
            let id: String = row.try_get(2)?;
            let (case, _) = self.case(member, &id).await?;
            let likely = self.likely(&case).await?;
            all.push(ImportedCase { sheet: row.try_get(0)?, number: row.try_get(1)?, case: id, likely });
        }
        Ok(all)
    }
}

async fn is_known(connection: &mut AnyConnection, member: &Member, row: &NewRow) -> Result<bool> {
    let known = sqlx::query(KNOWN).bind(member.organisation.clone()).bind(row.row_hash.clone());
    Ok(known.fetch_optional(connection).await?.is_some())
}

async fn add(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    import: &str,
    row: &NewRow,
    at: jiff::Timestamp,
) -> Result<()> {
    let case: Case = cases::open(tx, member, row.draft.clone(), at).await?;
    likely::keep_places(tx, &case).await?;
    snapshot(tx, &case, member, "imported", at).await?;
    sqlx::query(ADD_ROW)
        .bind(member.organisation.clone())
        .bind(row.row_hash.clone())
        .bind(import.to_owned())
        .bind(text(&row.sheet))
        .bind(row.number)
        .bind(case.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
