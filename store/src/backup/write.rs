//! Writing a backup, from one snapshot.

use std::collections::BTreeMap;
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_util::TryStreamExt;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::tables::Kind;
use super::{End, FILE_COLUMNS, FILES, FORMAT, Header, Heading, TABLES, Table};
use crate::desk::audit::hex;
use crate::error::Result;
use crate::evidence::EvidenceFiles;
use crate::{Store, StoreError, engine, stamp};

pub(super) const OBJECTS: &str = "SELECT object FROM desk_evidence WHERE object <> '' ORDER BY object";

impl Store {
    /// Writes everything to `out`, as it is at one moment; how many rows each table has.
    pub async fn back_up(
        &self,
        files: &EvidenceFiles,
        out: &mut (impl Write + Send),
        at: jiff::Timestamp,
    ) -> Result<End> {
        let mut lines = Lines { out, hash: Sha256::new() };
        let mut rows = BTreeMap::new();
        lines.write(&Header {
            treatywatch_backup: FORMAT,
            schema: engine::schema(self.engine()),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            at: stamp(at),
        })?;
        let mut snapshot = self.read_snapshot().await?;
        for table in TABLES {
            let columns = table.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
            lines.write(&Heading { table: table.name.to_owned(), columns })?;
            let mut written = 0;
            let mut read = sqlx::query(table.read).fetch(&mut *snapshot);
            while let Some(row) = read.try_next().await? {
                lines.write(&values(table, &row)?)?;
                written += 1;
            }
            rows.insert(table.name.to_owned(), written);
        }
        let objects = sqlx::query(OBJECTS).fetch_all(&mut *snapshot).await?;
        drop(snapshot);
        let columns = FILE_COLUMNS.map(str::to_owned).to_vec();
        lines.write(&Heading { table: FILES.to_owned(), columns })?;
        let (mut parts, mut missing) = (0, Vec::new());
        for row in objects {
            let object: String = row.try_get(0)?;
            // A file without bytes on the disk must not keep everything else out of a backup: it is said.
            match files.raw(&object).await {
                Ok(raw) => {
                    let mut raw = std::pin::pin!(raw);
                    while let Some(part) = raw.try_next().await? {
                        lines.write(&[&object, &BASE64.encode(part)])?;
                        parts += 1;
                    }
                }
                Err(StoreError::NotFound) => missing.push(object),
                Err(other) => return Err(other),
            }
        }
        rows.insert(FILES.to_owned(), parts);
        let end = End { rows, missing, sha256: hex(&lines.hash.clone().finalize()) };
        lines.write(&end)?;
        Ok(end)
    }
}

/// A row's values, in the order of the table's columns.
fn values(table: &Table, row: &AnyRow) -> Result<Vec<Value>> {
    let value = |(at, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Value::from),
            Kind::Number => row.try_get::<Option<i64>, _>(at)?.map(Value::from),
            Kind::Float => row.try_get::<Option<f64>, _>(at)?.map(|float| Value::from(float.to_string())),
            Kind::Bytes => {
                row.try_get::<Option<Vec<u8>>, _>(at)?.map(|bytes| Value::from(BASE64.encode(bytes)))
            }
        }
        .unwrap_or(Value::Null))
    };
    table.columns.iter().enumerate().map(value).collect()
}

struct Lines<'a, W> {
    out: &'a mut W,
    hash: Sha256,
}

impl<W: Write> Lines<'_, W> {
    fn write(&mut self, line: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(line)?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line).map_err(StoreError::File)
    }
}
