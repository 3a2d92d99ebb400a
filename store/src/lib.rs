//! Where it is kept: SQLite (embedded, the default) or PostgreSQL, behind one SQL text.
//!
//! Two halves and one door. [`desk`] is private and holds what people work on; [`record`] is public and holds
//! what was published, versioned by edition. Only [`publish`] writes from one to the other, in one transaction.
//! The record is read through pools that cannot write and, on PostgreSQL, cannot even see the desk's tables.
//!
//! Rules for SQL (sqlx's `Any` reaches both engines): static texts with `$1`; TEXT, BIGINT, DOUBLE PRECISION and
//! bytes only; days and times as text; keys made in Rust; no float in `RETURNING`. Each file keeps its queries
//! as constants in a list that a test prepares on both engines.

pub mod backup;
pub mod desk;
mod engine;
mod error;
pub mod evidence;
pub mod publish;
pub mod record;
pub mod starter;

use std::str::FromStr;

use sqlx::Row;
use sqlx::any::AnyRow;

pub use engine::{Engine, Store};
pub use error::StoreError;

/// The edition number that "still current" is written as.
pub(crate) const CURRENT: i64 = i64::MAX;

/// The version of the methodology that editions published by this program name.
pub const METHODOLOGY: &str = "1";

/// Now, as it is stored: RFC 3339 in UTC, to the second.
pub(crate) fn stamp(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The day of a moment, in UTC.
pub(crate) fn day_of(at: jiff::Timestamp) -> domain::Day {
    jiff::tz::Offset::UTC.to_datetime(at).date()
}

/// Text from outside, as both engines take it: PostgreSQL keeps no zero byte, which addresses (`%00`) and forms can
/// carry. It becomes the replacement character, so that nothing is found by it and both engines answer alike.
pub(crate) fn text(from_outside: &str) -> String {
    from_outside.replace('\0', "\u{FFFD}")
}

/// A word of a closed list, as a column holds it.
pub(crate) fn slug<T: FromStr>(row: &AnyRow, column: usize) -> error::Result<T> {
    slug_or_none(row, column)?.ok_or_else(|| StoreError::Unreadable("nothing where a word stands".to_owned()))
}

/// The same where there may be none.
pub(crate) fn slug_or_none<T: FromStr>(row: &AnyRow, column: usize) -> error::Result<Option<T>> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| text.parse().map_err(|_| StoreError::Unreadable(text))).transpose()
}

/// A new key: time-ordered, made here because the engines differ in making their own.
pub(crate) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
