//! Reading a backup: checking it, and restoring it into an empty database.

use std::collections::BTreeMap;
use std::io::{BufRead, ErrorKind};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use object_store::MultipartUpload;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use super::tables::Kind;
use super::{End, FILE_COLUMNS, FILES, FORMAT, Header, Heading, RestoreError, TABLES, Table};
use crate::desk::audit::{self, Entry, hex};
use crate::error::Result;
use crate::evidence::{EvidenceFiles, fault};
use crate::{Store, StoreError, engine};

/// Every write takes one of these rows: who comes meanwhile waits.
const HOLD_RECORD: &str = "UPDATE record_head SET edition = edition WHERE one = 1";
const HOLD_LOG: &str = "UPDATE desk_audit_head SET number = number WHERE one = 1";

pub(super) const QUERIES: &[&str] = &[HOLD_RECORD, HOLD_LOG];

/// The longest line that is read: far more than any row has.
const LONGEST: u64 = 64 << 20;

/// Reads a backup to its end and compares the hash there: whether it is whole, before anything is touched.
pub fn check(from: impl BufRead) -> Result<(Header, End)> {
    let mut lines = Lines::new(from);
    let header = lines.header()?;
    loop {
        if let Line::End(end) = lines.next()? {
            return Ok((header, end));
        }
    }
}

impl Store {
    /// Restores a backup into this database, which is empty: all of it or nothing. The log gets an entry.
    /// Files are written before the rows count; those of a backup that is refused are swept away later.
    pub async fn restore_backup(
        &self,
        files: &EvidenceFiles,
        from: impl BufRead + Send,
        at: jiff::Timestamp,
    ) -> Result<End> {
        let mut lines = Lines::new(from);
        let header = lines.header()?;
        let schema = engine::schema(self.engine());
        if header.schema > schema {
            return Err(RestoreError::NewerSchema(header.schema, schema).into());
        } else if header.schema < schema {
            return Err(RestoreError::OlderSchema(header.schema, schema, header.program).into());
        }
        let mut tx = self.write().await?;
        hold_empty(&mut tx).await?;
        let mut under: Option<Under> = None;
        let mut open: Option<OpenFile> = None;
        let end = loop {
            match lines.next()? {
                Line::Heading(heading) => under = Some(Under::of(&heading).ok_or(RestoreError::Altered)?),
                Line::Row(values) => match under.as_ref().ok_or(RestoreError::Altered)? {
                    Under::Table(table) => add(&mut tx, table, values).await?,
                    Under::Files => open = Some(add_part(files, open, &values).await?),
                },
                Line::End(end) => break end,
            }
        };
        finish(open).await?;
        let entry =
            Entry { act: "backup restored", actor: "command line", subject: &end.sha256, reason: &header.at };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(end)
    }
}

/// Keeps others from writing, and finds every table empty.
async fn hold_empty(tx: &mut Transaction<'_, Any>) -> Result<()> {
    for hold in QUERIES {
        sqlx::query(*hold).execute(&mut **tx).await?;
    }
    for table in TABLES {
        let row = sqlx::query(table.count).fetch_one(&mut **tx).await?;
        if row.try_get::<i64, _>(0)? > 0 {
            return Err(RestoreError::NotEmpty(table.name).into());
        }
    }
    Ok(())
}

/// What a line belongs to.
enum Under {
    Table(&'static Table),
    Files,
}

impl Under {
    fn of(heading: &Heading) -> Option<Self> {
        if heading.table == FILES {
            return heading.columns.iter().eq(FILE_COLUMNS.iter()).then_some(Self::Files);
        }
        table_of(heading).map(Self::Table)
    }
}

/// An evidence file of which more may come.
struct OpenFile {
    object: String,
    upload: Box<dyn MultipartUpload>,
}

/// Adds a part to the file that is open, or ends that and begins the next.
async fn add_part(files: &EvidenceFiles, open: Option<OpenFile>, values: &[Value]) -> Result<OpenFile> {
    let [Value::String(object), Value::String(part)] = values else {
        return Err(RestoreError::Altered.into());
    };
    let part = BASE64.decode(part).map_err(|_| RestoreError::Altered)?;
    let mut file = match open {
        Some(file) if file.object == *object => file,
        ended => {
            finish(ended).await?;
            OpenFile { object: object.clone(), upload: files.begin_raw(object).await? }
        }
    };
    file.upload.put_part(part.into()).await.map_err(fault)?;
    Ok(file)
}

/// The file is on the disk when this returns.
async fn finish(open: Option<OpenFile>) -> Result<()> {
    if let Some(mut file) = open {
        file.upload.complete().await.map_err(fault)?;
    }
    Ok(())
}

fn table_of(heading: &Heading) -> Option<&'static Table> {
    let table = TABLES.iter().find(|table| table.name == heading.table)?;
    table
        .columns
        .iter()
        .map(|(name, _)| *name)
        .eq(heading.columns.iter().map(String::as_str))
        .then_some(table)
}

async fn add(tx: &mut Transaction<'_, Any>, table: &Table, values: Vec<Value>) -> Result<()> {
    if values.len() != table.columns.len() {
        return Err(RestoreError::Altered.into());
    }
    let mut query = sqlx::query(table.add);
    for ((_, kind), value) in table.columns.iter().zip(values) {
        let text = value.as_str();
        let understood =
            value.is_null() || if *kind == Kind::Number { value.is_i64() } else { text.is_some() };
        if !understood {
            return Err(RestoreError::Altered.into());
        }
        query = match kind {
            Kind::Text => query.bind(text.map(str::to_owned)),
            Kind::Number => query.bind(value.as_i64()),
            // For PostgreSQL sqlx takes an empty f64 for an f32, and an empty f32 for an f64.
            Kind::Float if value.is_null() => query.bind(None::<f32>),
            Kind::Float => {
                query.bind(text.map(str::parse::<f64>).transpose().map_err(|_| RestoreError::Altered)?)
            }
            Kind::Bytes => {
                query.bind(text.map(|t| BASE64.decode(t)).transpose().map_err(|_| RestoreError::Altered)?)
            }
        };
    }
    query.execute(&mut **tx).await?;
    Ok(())
}

enum Line {
    Heading(Heading),
    Row(Vec<Value>),
    End(End),
}

struct Lines<R> {
    from: R,
    hash: Sha256,
    rows: BTreeMap<String, u64>,
    table: String,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn new(from: R) -> Self {
        Self { from, hash: Sha256::new(), rows: BTreeMap::new(), table: String::new(), line: Vec::new() }
    }

    fn header(&mut self) -> Result<Header> {
        match self.read_line() {
            Ok(true) => {}
            Ok(false) | Err(StoreError::Restore(_)) => return Err(RestoreError::NoBackup.into()),
            Err(other) => return Err(other),
        }
        let header: Header = serde_json::from_slice(&self.line).map_err(|_| RestoreError::NoBackup)?;
        if header.treatywatch_backup != FORMAT {
            return Err(RestoreError::NoBackup.into());
        }
        self.hash.update(&self.line);
        Ok(header)
    }

    fn next(&mut self) -> Result<Line> {
        if !self.read_line()? {
            return Err(RestoreError::CutOff.into());
        }
        if self.line.starts_with(b"[") {
            *self.rows.get_mut(&self.table).ok_or(RestoreError::Altered)? += 1;
            return Ok(Line::Row(self.hashed()?));
        }
        if self.line.starts_with(b"{\"table\"") {
            let heading: Heading = self.hashed()?;
            self.table.clone_from(&heading.table);
            self.rows.insert(heading.table.clone(), 0);
            return Ok(Line::Heading(heading));
        }
        let end: End = serde_json::from_slice(&self.line).map_err(|_| RestoreError::Altered)?;
        if end.rows != self.rows || end.sha256 != hex(&self.hash.clone().finalize()) {
            return Err(RestoreError::Altered.into());
        }
        // What follows the end is of somebody else.
        if self.read_line()? { Err(RestoreError::Altered.into()) } else { Ok(Line::End(end)) }
    }

    fn hashed<T: DeserializeOwned>(&mut self) -> Result<T> {
        self.hash.update(&self.line);
        Ok(serde_json::from_slice(&self.line).map_err(|_| RestoreError::Altered)?)
    }

    /// Reads a whole line; `false` at the end.
    fn read_line(&mut self) -> Result<bool> {
        use std::io::Read;
        self.line.clear();
        // A compressed file that is cut off or damaged says so by these two.
        self.from.by_ref().take(LONGEST).read_until(b'\n', &mut self.line).map_err(|error| {
            match error.kind() {
                ErrorKind::UnexpectedEof => RestoreError::CutOff.into(),
                ErrorKind::InvalidData | ErrorKind::InvalidInput => RestoreError::Altered.into(),
                _ => StoreError::File(error),
            }
        })?;
        if self.line.is_empty() || self.line.ends_with(b"\n") {
            Ok(!self.line.is_empty())
        } else {
            Err(RestoreError::CutOff.into())
        }
    }
}
