//! PostgreSQL: what each connection is told first.

use super::Use;

/// Readers cannot write; the record's readers take a role that sees the record's tables alone.
pub(super) fn on_connect(use_: Use) -> &'static [&'static str] {
    match use_ {
        Use::Write => &["SET lock_timeout = '15s'"],
        Use::ReadDesk => &["SET default_transaction_read_only = on"],
        Use::ReadRecord => &["SET ROLE treatywatch_record_reader", "SET default_transaction_read_only = on"],
    }
}
