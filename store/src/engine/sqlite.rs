//! SQLite: what each connection is told first.

use super::Use;

/// Folds the log into the file and cuts it off.
pub(super) const FORGET: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Write-ahead log for readers beside the one writer; every acknowledged write is on disk (`FULL`); what is
/// deleted is overwritten (`secure_delete`).
pub(super) fn on_connect(use_: Use) -> &'static [&'static str] {
    match use_ {
        Use::Write => &[
            "PRAGMA busy_timeout = 15000",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA secure_delete = ON",
        ],
        Use::ReadDesk | Use::ReadRecord => {
            &["PRAGMA busy_timeout = 15000", "PRAGMA query_only = ON", "PRAGMA cache_size = -8000"]
        }
    }
}
