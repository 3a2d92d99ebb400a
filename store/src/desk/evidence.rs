//! Evidence files of a case: their rows, who had them in hand, and what is agreed to be shown.
//!
//! The bytes lie in [`crate::evidence`], written and synced before the row that makes them count. Whatever would change
//! what readers get takes a verification back, as an edit does; consent taken back goes through every edition at once.

use domain::case::{Step, WorkingState};
use domain::evidence::{Consent, Description, clean_name};
use domain::rights::{Action, Relation};
use domain::stored;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::audit::{self, Entry, hex, random};
use super::cases::{allow, locked};
use super::sealed::SealingKey;
use super::{Case, Member};
use crate::error::Result;
use crate::evidence::{FileKey, StoredFile};
use crate::{Store, StoreError, new_id, stamp, text};

macro_rules! columns {
    () => {
        "SELECT id, public_id, name, media_type, bytes, sha256, object, key_id, sealed_key, copy_type, copy_width, \
         copy_height, shows, consent, consent_note, added_at, removed_at FROM desk_evidence "
    };
}
const LIST: &str = concat!(columns!(), "WHERE case_id = $1 ORDER BY added_at, id LIMIT 1000");
const ONE: &str = concat!(columns!(), "WHERE case_id = $1 AND id = $2");
const COPY: &str = "SELECT copy_sealed FROM desk_evidence WHERE id = $1";
const THUMBNAIL: &str = "SELECT thumbnail_sealed FROM desk_evidence WHERE id = $1";
const ADD: &str = "INSERT INTO desk_evidence (id, case_id, public_id, name, media_type, bytes, sha256, object, key_id, \
     sealed_key, copy_type, copy_width, copy_height, copy_sealed, thumbnail_sealed, shows, consent, consent_note, \
     added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', 'not-recorded', '', $16)";
const DESCRIBE: &str = "UPDATE desk_evidence SET shows = $2, consent = $3, consent_note = $4 WHERE id = $1";
const REMOVE: &str = "UPDATE desk_evidence SET removed_at = $2, object = '', sealed_key = $3, copy_type = '', \
     copy_sealed = $3, thumbnail_sealed = $3 WHERE id = $1";
const IS_PUBLIC: &str = "SELECT COUNT(*) FROM record_evidence WHERE id = $1 AND withdrawn_on IS NULL";
const SET_CASE: &str = "UPDATE desk_case SET evidence = $2, working_state = $3, verified_by = NULL, \
     verified_hash = NULL, changed_at = $4, \
     waits_since = CASE WHEN working_state = $3 THEN waits_since ELSE $4 END WHERE id = $1";
const SET_MARK: &str = "UPDATE desk_case SET evidence = $2 WHERE id = $1";
const HAND: &str = "INSERT INTO desk_custody (evidence, number, at, member, act, detail) \
     VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM desk_custody WHERE evidence = $1), $2, $3, $4, $5)";
const CUSTODY: &str = "SELECT c.evidence, c.at, m.email, c.act, c.detail FROM desk_custody c \
     JOIN desk_evidence e ON e.id = c.evidence JOIN desk_member m ON m.id = c.member \
     WHERE e.case_id = $1 ORDER BY c.evidence, c.number LIMIT 10000";
const OBJECTS: &str = "SELECT object FROM desk_evidence WHERE object <> ''";

pub(super) const QUERIES: &[&str] = &[
    LIST, ONE, COPY, THUMBNAIL, ADD, DESCRIBE, REMOVE, IS_PUBLIC, SET_CASE, SET_MARK, HAND, CUSTODY, OBJECTS,
];

const TABLE: &str = "desk_evidence";

/// What readers get of a picture: decoded, and encoded anew.
#[derive(Clone, PartialEq, Eq)]
pub struct PictureCopy {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The copy.
    pub copy: Vec<u8>,
    /// A small one, of the same type.
    pub thumbnail: Vec<u8>,
}

/// A file to add.
pub struct NewEvidence<'a> {
    /// Its name, as the browser sent it.
    pub name: &'a str,
    /// Its type, as its first bytes tell.
    pub media_type: &'a str,
    /// Where its bytes lie.
    pub file: &'a StoredFile,
    /// What readers may get of it, where it is a picture.
    pub copy: Option<&'a PictureCopy>,
}

/// An evidence file, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its id at the desk.
    pub id: String,
    /// Its id for readers.
    pub public_id: String,
    /// Its name.
    pub name: String,
    /// Its type, as its first bytes tell.
    pub media_type: String,
    /// Bytes of the original.
    pub bytes: u64,
    /// SHA-256 of the original, in hex. Never public: it would tell who holds a copy that it is this file.
    pub sha256: String,
    /// The type of the copy; empty where there is none.
    pub copy_type: String,
    /// The copy's width and height in pixels.
    pub copy_size: (i64, i64),
    /// What is said of it.
    pub description: Description,
    /// When it was added.
    pub added_at: String,
    /// When it was removed: then only this line is left.
    pub removed_at: Option<String>,
    object: String,
    key_id: String,
    sealed_key: Vec<u8>,
}

/// Where an original lies, and what opens it.
#[derive(Clone, Debug)]
pub struct Original {
    /// The file.
    pub evidence: Evidence,
    /// Its name in the store of files.
    pub object: String,
    /// Its key.
    pub key: FileKey,
}

/// One line of a custody list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyLine {
    /// The file.
    pub evidence: String,
    /// When.
    pub at: String,
    /// The address of who had it in hand. Never public.
    pub member: String,
    /// What they did: added, read, exported, described, consent withdrawn, removed.
    pub act: String,
    /// What was said with it.
    pub detail: String,
}

impl Evidence {
    /// Whether readers get it with the incident.
    pub fn is_shown(&self) -> bool {
        self.removed_at.is_none() && self.description.consent.shows()
    }

    /// Without what readers do not get either: consent was given to the organisation, not to its partner.
    fn for_a_partner(self) -> Self {
        let bytes = domain::evidence::rounded_bytes(self.bytes);
        let description = Description { consent_note: String::new(), ..self.description };
        Self { name: String::new(), sha256: String::new(), bytes, description, ..self }
    }

    fn file_key(&self, key: &SealingKey) -> Result<FileKey> {
        let opened = key.open(TABLE, &self.id, &self.key_id, &self.sealed_key)?;
        Ok(FileKey(opened.try_into().map_err(|_| StoreError::Sealed)?))
    }
}

impl Store {
    /// Whether the member may add evidence to the case; asked before the first byte is taken.
    pub async fn may_add_evidence(&self, member: &Member, id: &str) -> Result<()> {
        let (case, facts) = self.case(member, id).await?;
        allow(member, &case, Action::Edit, facts)
    }

    /// Adds a file whose bytes lie in the store of files already; its id.
    pub async fn add_evidence(
        &self,
        member: &Member,
        case: &str,
        new: NewEvidence<'_>,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<String> {
        let (mut tx, sealer) = self.write_sealing(key).await?;
        let (case, facts) = locked(&mut tx, member, case).await?;
        allow(member, &case, Action::Edit, facts)?;
        let id = new_id();
        let file = new.file;
        let sealed = |bytes: &[u8], what: &str| file.key.seal(&id, what, bytes);
        let (copy, thumbnail) = match new.copy {
            Some(picture) => (sealed(&picture.copy, "copy")?, sealed(&picture.thumbnail, "thumbnail")?),
            None => Default::default(),
        };
        sqlx::query(ADD)
            .bind(id.clone())
            .bind(case.id.clone())
            .bind(hex(&random::<8>()?))
            .bind(text(&clean_name(new.name)))
            .bind(text(new.media_type))
            .bind(i64::try_from(file.bytes).unwrap_or(i64::MAX))
            .bind(file.sha256.clone())
            .bind(file.object.clone())
            .bind(sealer.id().to_owned())
            .bind(sealer.seal(TABLE, &id, &file.key.0)?)
            .bind(new.copy.map_or("", |copy| copy.media_type))
            .bind(new.copy.map_or(0, |copy| i64::from(copy.width)))
            .bind(new.copy.map_or(0, |copy| i64::from(copy.height)))
            .bind(copy)
            .bind(thumbnail)
            .bind(stamp(at))
            .execute(&mut *tx)
            .await?;
        hand(&mut tx, member, &id, "added", &file.sha256, at).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The files of a case, in the order in which they came.
    pub async fn evidence(&self, member: &Member, case: &str) -> Result<Vec<Evidence>> {
        let (case, facts) = self.case(member, case).await?;
        allow(member, &case, Action::See, facts)?;
        let rows = sqlx::query(LIST).bind(case.id.clone()).fetch_all(self.desk_pool()).await?;
        let all: Vec<Evidence> = rows.iter().map(evidence).collect::<Result<_>>()?;
        Ok(match case.relation(member) {
            Relation::Partner => {
                all.into_iter().filter(Evidence::is_shown).map(Evidence::for_a_partner).collect()
            }
            _ => all,
        })
    }

    /// Who had the files of a case in hand, file by file, the oldest first.
    pub async fn custody(&self, member: &Member, case: &str) -> Result<Vec<CustodyLine>> {
        let (case, facts) = self.case(member, case).await?;
        allow(member, &case, Action::Originals, facts)?;
        let rows = sqlx::query(CUSTODY).bind(case.id).fetch_all(self.desk_pool()).await?;
        rows.iter()
            .map(|row| {
                Ok(CustodyLine {
                    evidence: row.try_get(0)?,
                    at: row.try_get(1)?,
                    member: row.try_get(2)?,
                    act: row.try_get(3)?,
                    detail: row.try_get(4)?,
                })
            })
            .collect()
    }

    /// The copy of a picture, or its thumbnail, for who sees the case.
    pub async fn evidence_copy(
        &self,
        member: &Member,
        case: &str,
        id: &str,
        thumbnail: bool,
        key: &SealingKey,
    ) -> Result<(String, Vec<u8>)> {
        let (case, facts) = self.case(member, case).await?;
        allow(member, &case, Action::See, facts)?;
        let mut snapshot = self.read_snapshot().await?;
        let evidence = one(&mut snapshot, &case.id, id).await?;
        let is_for_them = case.relation(member) != Relation::Partner || evidence.is_shown();
        if evidence.copy_type.is_empty() || !is_for_them {
            return Err(StoreError::NotFound);
        }
        let copy = copy(&mut snapshot, &evidence, thumbnail, key).await?;
        Ok((evidence.copy_type, copy))
    }

    /// Opens originals, which is written into their custody lists: `act` is "read" or "exported". Without an id, all
    /// that are there.
    pub async fn open_originals(
        &self,
        member: &Member,
        case: &str,
        id: Option<&str>,
        act: &'static str,
        key: &SealingKey,
        at: jiff::Timestamp,
    ) -> Result<Vec<Original>> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, case).await?;
        allow(member, &case, Action::Originals, facts)?;
        let mut originals = Vec::new();
        for evidence in all(&mut tx, &case.id).await? {
            if id.is_some_and(|id| id != evidence.id) || evidence.removed_at.is_some() {
                continue;
            }
            hand(&mut tx, member, &evidence.id, act, "", at).await?;
            let key = evidence.file_key(key)?;
            originals.push(Original { object: evidence.object.clone(), key, evidence });
        }
        if originals.is_empty() && id.is_some() {
            return Err(StoreError::NotFound);
        }
        tx.commit().await?;
        Ok(originals)
    }

    /// Says what a file shows and what was agreed to. Where readers get something else by it, the case needs a working
    /// version, and a verification is taken back.
    pub async fn describe_evidence(
        &self,
        member: &Member,
        case: &str,
        id: &str,
        description: &Description,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, case).await?;
        allow(member, &case, Action::Edit, facts)?;
        let evidence = one(&mut tx, &case.id, id).await?;
        if evidence.removed_at.is_some() || evidence.description.consent == Consent::Withdrawn {
            return Err(StoreError::WrongState);
        }
        if evidence.description == *description {
            return Ok(());
        }
        write_description(&mut tx, &evidence.id, description).await?;
        changed(&mut tx, member, &case, at).await?;
        hand(&mut tx, member, &evidence.id, "described", description.consent.slug(), at).await?;
        Ok(tx.commit().await?)
    }

    /// Takes consent back: readers get the file no more, in no edition.
    pub async fn withdraw_consent(
        &self,
        member: &Member,
        case: &str,
        id: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        crate::publish::withdraw_evidence(&mut tx, id, at).await?;
        let (case, facts) = locked(&mut tx, member, case).await?;
        allow(member, &case, Action::Edit, facts)?;
        let evidence = one(&mut tx, &case.id, id).await?;
        if evidence.description.consent == Consent::Withdrawn {
            return Err(StoreError::WrongState);
        }
        let description = Description { consent: Consent::Withdrawn, ..evidence.description.clone() };
        write_description(&mut tx, &evidence.id, &description).await?;
        // What stands published loses the file with it; only a working version is verified anew.
        if case.working_state.is_some() {
            changed(&mut tx, member, &case, at).await?;
        } else {
            set_mark(&mut tx, &case.id).await?;
        }
        hand(&mut tx, member, &evidence.id, "consent withdrawn", reason, at).await?;
        Ok(tx.commit().await?)
    }

    /// Removes a file that came by mistake and that readers never got; the line of it stays. What names the object that
    /// is to be removed from the store of files: its key is gone with the row.
    pub async fn remove_evidence(
        &self,
        member: &Member,
        case: &str,
        id: &str,
        reason: &str,
        at: jiff::Timestamp,
    ) -> Result<String> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, case).await?;
        allow(member, &case, Action::Edit, facts)?;
        let evidence = one(&mut tx, &case.id, id).await?;
        let public = sqlx::query(IS_PUBLIC).bind(evidence.public_id.clone()).fetch_one(&mut *tx).await?;
        if evidence.removed_at.is_some() || public.try_get::<i64, _>(0)? > 0 {
            return Err(StoreError::WrongState);
        }
        sqlx::query(REMOVE)
            .bind(evidence.id.clone())
            .bind(stamp(at))
            .bind(Vec::<u8>::new())
            .execute(&mut *tx)
            .await?;
        changed(&mut tx, member, &case, at).await?;
        hand(&mut tx, member, &evidence.id, "removed", reason, at).await?;
        tx.commit().await?;
        Ok(evidence.object)
    }

    /// Every name in the store of files that a row stands for.
    pub async fn evidence_objects(&self) -> Result<std::collections::HashSet<String>> {
        let rows = sqlx::query(OBJECTS).fetch_all(self.desk_pool()).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }
}

/// The files that readers get with the working version, each with its copy and thumbnail.
pub(crate) async fn shown(
    tx: &mut Transaction<'_, Any>,
    case: &str,
    key: &SealingKey,
) -> Result<Vec<(Evidence, Vec<u8>, Vec<u8>)>> {
    let mut shown = Vec::new();
    for evidence in all(tx, case).await?.into_iter().filter(Evidence::is_shown) {
        let (mut full, mut thumbnail) = Default::default();
        if !evidence.copy_type.is_empty() {
            full = copy(tx, &evidence, false, key).await?;
            thumbnail = copy(tx, &evidence, true, key).await?;
        }
        shown.push((evidence, full, thumbnail));
    }
    Ok(shown)
}

/// What readers are told of the files: `evidence.ID` and what it shows. A file's name stays at the desk.
pub(super) async fn told_of(tx: &mut Transaction<'_, Any>, case: &str) -> Result<Vec<(String, String)>> {
    let shown = all(tx, case).await?.into_iter().filter(Evidence::is_shown);
    Ok(shown.map(|evidence| (format!("evidence.{}", evidence.id), evidence.description.shows)).collect())
}

async fn all(tx: &mut Transaction<'_, Any>, case: &str) -> Result<Vec<Evidence>> {
    sqlx::query(LIST).bind(case.to_owned()).fetch_all(&mut **tx).await?.iter().map(evidence).collect()
}

async fn one(tx: &mut Transaction<'_, Any>, case: &str, id: &str) -> Result<Evidence> {
    let row = sqlx::query(ONE).bind(case.to_owned()).bind(text(id)).fetch_optional(&mut **tx).await?;
    evidence(&row.ok_or(StoreError::NotFound)?)
}

async fn copy(
    tx: &mut Transaction<'_, Any>,
    evidence: &Evidence,
    thumbnail: bool,
    key: &SealingKey,
) -> Result<Vec<u8>> {
    let (sql, what) = if thumbnail { (THUMBNAIL, "thumbnail") } else { (COPY, "copy") };
    let row = sqlx::query(sql).bind(evidence.id.clone()).fetch_one(&mut **tx).await?;
    evidence.file_key(key)?.open(&evidence.id, what, &row.try_get::<Vec<u8>, _>(0)?)
}

async fn write_description(tx: &mut Transaction<'_, Any>, id: &str, to: &Description) -> Result<()> {
    sqlx::query(DESCRIBE)
        .bind(id.to_owned())
        .bind(text(&to.shows))
        .bind(to.consent.slug())
        .bind(text(&to.consent_note))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What readers would get, in one hash; empty where that is nothing.
async fn mark_of(tx: &mut Transaction<'_, Any>, case: &str) -> Result<String> {
    let shown: Vec<_> = all(tx, case)
        .await?
        .into_iter()
        .filter(Evidence::is_shown)
        .map(|evidence| (evidence.public_id, evidence.description.shows))
        .collect();
    if shown.is_empty() {
        return Ok(String::new());
    }
    Ok(stored::content_hash(&serde_json::to_string(&shown)?))
}

async fn set_mark(tx: &mut Transaction<'_, Any>, case: &str) -> Result<()> {
    let mark = mark_of(tx, case).await?;
    sqlx::query(SET_MARK).bind(case.to_owned()).bind(mark).execute(&mut **tx).await?;
    Ok(())
}

/// Where readers would get something else now: an edit like any other.
async fn changed(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    case: &Case,
    at: jiff::Timestamp,
) -> Result<()> {
    let mark = mark_of(tx, &case.id).await?;
    if mark == case.evidence {
        return Ok(());
    }
    let state = case.working_state.ok_or(StoreError::WrongState)?;
    let next = state.after(Step::Edit).unwrap_or(WorkingState::Draft);
    sqlx::query(SET_CASE)
        .bind(case.id.clone())
        .bind(mark)
        .bind(next.slug())
        .bind(stamp(at))
        .execute(&mut **tx)
        .await?;
    super::blur::to_compare(tx, &case.id).await?;
    super::change::mark(tx, &case.id, case.version, member).await
}

/// Writes down who had a file in hand, in its custody list and in the log.
async fn hand(
    tx: &mut Transaction<'_, Any>,
    member: &Member,
    id: &str,
    act: &'static str,
    detail: &str,
    at: jiff::Timestamp,
) -> Result<()> {
    sqlx::query(HAND)
        .bind(id.to_owned())
        .bind(stamp(at))
        .bind(member.id.clone())
        .bind(act)
        .bind(text(detail))
        .execute(&mut **tx)
        .await?;
    let act = match act {
        "added" => "evidence added",
        "read" => "evidence read",
        "exported" => "evidence exported",
        "described" => "evidence described",
        "removed" => "evidence removed",
        other => other,
    };
    audit::append(tx, at, Entry { act, actor: &member.id, subject: id, reason: detail }).await
}

fn evidence(row: &AnyRow) -> Result<Evidence> {
    let consent: String = row.try_get(13)?;
    Ok(Evidence {
        id: row.try_get(0)?,
        public_id: row.try_get(1)?,
        name: row.try_get(2)?,
        media_type: row.try_get(3)?,
        bytes: u64::try_from(row.try_get::<i64, _>(4)?).unwrap_or_default(),
        sha256: row.try_get(5)?,
        object: row.try_get(6)?,
        key_id: row.try_get(7)?,
        sealed_key: row.try_get(8)?,
        copy_type: row.try_get(9)?,
        copy_size: (row.try_get(10)?, row.try_get(11)?),
        description: Description {
            shows: row.try_get(12)?,
            consent: consent.parse().map_err(|_| StoreError::Unreadable(consent))?,
            consent_note: row.try_get(14)?,
        },
        added_at: row.try_get(15)?,
        removed_at: row.try_get(16)?,
    })
}
