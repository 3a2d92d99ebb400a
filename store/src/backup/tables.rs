//! Every table that a backup holds, and those that it leaves out with the reason. A test compares both with the schema, column by
//! column: who adds a table or a column adds it here.

/// How a column's values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As text.
    Text,
    /// As a whole number.
    Number,
    /// As the shortest text that reads back the same.
    Float,
    /// In base64.
    Bytes,
}

/// A table in a backup.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order in which they are written.
    pub columns: &'static [(&'static str, Kind)],
    pub(super) read: &'static str,
    pub(super) add: &'static str,
    pub(super) count: &'static str,
}

macro_rules! list {
    ($first:ident $($more:ident)*) => { concat!(stringify!($first) $(, ", ", stringify!($more))*) };
}

/// As many of `"$1" "$2" …` as there are columns.
macro_rules! places {
    ([] [$($done:tt)+] $($n:literal)*) => { concat!($($done)+) };
    ([$one:ident $($rest:ident)*] [] $n:literal $($more:literal)*) => {
        places!([$($rest)*] [$n] $($more)*)
    };
    ([$one:ident $($rest:ident)*] [$($done:tt)+] $n:literal $($more:literal)*) => {
        places!([$($rest)*] [$($done)+, ", ", $n] $($more)*)
    };
}

/// A table by its columns, which are read in the order of its key.
macro_rules! table {
    ($name:ident by $key:literal: $($column:ident $kind:ident),+) => {
        Table {
            add: concat!(
                "INSERT INTO ", stringify!($name), " (", list!($($column)+), ") VALUES (",
                places!(
                    [$($column)+] [] "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9" "$10" "$11" "$12" "$13" "$14" "$15"
                    "$16" "$17" "$18" "$19" "$20" "$21" "$22" "$23" "$24" "$25" "$26" "$27" "$28" "$29" "$30"
                ),
                ")"
            ),
            count: concat!("SELECT COUNT(*) FROM ", stringify!($name)),
            ..table!($name by $key: $($column $kind),+; add "", count "")
        }
    };
    // A table of one row, which is there from the beginning.
    ($name:ident by $key:literal: $($column:ident $kind:ident),+; add $add:literal, count $count:literal) => {
        Table {
            name: stringify!($name),
            columns: &[$((stringify!($column), Kind::$kind)),+],
            read: concat!("SELECT ", list!($($column)+), " FROM ", stringify!($name), " ORDER BY ", $key),
            add: $add,
            count: $count,
        }
    };
}

/// What is in a backup, in an order in which each row finds those that it refers to.
pub const TABLES: &[Table] = &[
    table!(record_head by "one": one Number, edition Number, withdrawals Number;
        add "UPDATE record_head SET edition = $2, withdrawals = $3 WHERE one = $1",
        count "SELECT COUNT(*) FROM record_head WHERE edition > 0 OR withdrawals > 0"),
    table!(record_edition by "number": number Number, published_at Text, day Text, cause Text, incident Text, reason Text,
        methodology Text),
    table!(record_country by "version_id": version_id Text, id Text, edition_from Number, edition_to Number, content Text),
    table!(record_treaty by "version_id": version_id Text, id Text, edition_from Number, edition_to Number,
        position Number, content Text, checked Number),
    table!(record_provision by "version_id": version_id Text, id Text, edition_from Number, edition_to Number,
        treaty Text, position Number, content Text, checked Number),
    table!(record_action by "version_id": version_id Text, id Text, edition_from Number, edition_to Number, treaty Text,
        country Text, position Number, content Text, checked Number),
    table!(record_group_member by "version_id": version_id Text, id Text, edition_from Number, edition_to Number,
        content Text, checked Number),
    table!(record_coverage by "version_id": version_id Text, id Text, edition_from Number, edition_to Number, content Text),
    table!(record_release by "id": id Text, indicator Text, edition_from Number, edition_to Number, hash Text, content Text),
    table!(record_observation by "release_id, country, period": release_id Text, country Text, period Number, value Float,
        low Float, high Float),
    table!(record_incident by "version_id": version_id Text, id Text, edition_from Number, edition_to Number,
        reference Text, state Text, kind Text, bearing Text, start_first Text, last_day Text, content Text,
        content_hash Text, hash_before Text, reason Text),
    table!(record_incident_facet by "version_id, facet, value": version_id Text, facet Text, value Text),
    table!(record_evidence by "version_id": version_id Text, id Text, incident Text, position Number, edition_from Number,
        edition_to Number, media_type Text, rounded_bytes Number, shows Text, copy_type Text, copy_width Number,
        copy_height Number, copy Bytes, thumbnail Bytes, withdrawn_on Text),
    table!(record_reply by "version_id": version_id Text, id Text, incident Text, edition_from Number, edition_to Number,
        kind Text, outcome Text, day Text, party Text, words Text, reason Text, corrected_in Number, withheld_on Text),
    table!(record_dispute by "version_id": version_id Text, id Text, edition_from Number, edition_to Number, said_by Text,
        reason Text),
    table!(record_withheld by "incident": incident Text, day Text),
    table!(record_redaction by "incident, field": incident Text, field Text, day Text),
    table!(record_erasure by "reference": reference Text, day Text),
    table!(desk_organisation by "id": id Text, slug Text, name Text, created_at Text),
    table!(desk_member by "id": id Text, email Text, password_hash Text, disabled Number, created_at Text,
        trial Number),
    table!(desk_membership by "member, organisation": member Text, organisation Text, role Text,
        by_steward Number),
    table!(desk_partnership by "id": id Text, organisation Text, partner_slug Text, named_by Text, named_at Text,
        accepted_by Text, accepted_at Text),
    table!(desk_case by "id": id Text, organisation Text, entrant Text, handed_to Text, reference Text, public_state Text,
        hidden_by Text, working_state Text, working Text, revision Number, field_revisions Text, version Number,
        submitted_by Text, verified_by Text, verified_hash Text, note Text, created_at Text, changed_at Text,
        correction Text, evidence Text, partner Text, notes_shared Number, waits_since Text),
    table!(desk_case_change by "case_id, version, member": case_id Text, version Number, member Text),
    table!(desk_case_version by "case_id, number": case_id Text, number Number, made_at Text, made_by Text, step Text,
        draft Text),
    table!(desk_sealed_note by "case_id": case_id Text, key_id Text, ciphertext Bytes, changed_at Text),
    table!(desk_sealing_key by "one": one Number, key_id Text, previous Text;
        add "UPDATE desk_sealing_key SET key_id = $2, previous = $3 WHERE one = $1",
        count "SELECT COUNT(*) FROM desk_sealing_key WHERE key_id <> ''"),
    table!(desk_case_place by "case_id, country": case_id Text, organisation Text, country Text, first_day Text,
        last_day Text),
    table!(desk_import by "id": id Text, organisation Text, member Text, at Text, file_name Text, file_hash Text, mapping Text,
        report Text),
    table!(desk_import_row by "organisation, row_hash": organisation Text, row_hash Text, import Text, sheet Text,
        number Number, case_id Text),
    table!(desk_case_likely by "case_id, other": case_id Text, other Text, said Text, member Text, at Text),
    table!(desk_blur by "id": id Text, case_id Text, field Text, key_id Text, ciphertext Bytes, made_by Text, made_at Text,
        checked_revision Number),
    table!(desk_blur_mention by "blur, field": blur Text, field Text, text_hash Text, reason Text, member Text),
    table!(desk_evidence by "id": id Text, case_id Text, public_id Text, name Text, media_type Text, bytes Number, sha256 Text,
        object Text, key_id Text, sealed_key Bytes, copy_type Text, copy_width Number, copy_height Number,
        copy_sealed Bytes, thumbnail_sealed Bytes, shows Text, consent Text, consent_note Text, added_at Text,
        removed_at Text),
    table!(desk_custody by "evidence, number": evidence Text, number Number, at Text, member Text, act Text, detail Text),
    table!(desk_reply by "id": id Text, case_id Text, token_hash Text, kind Text, received_at Text, edition Number,
        state Text, prepared Text, prepared_by Text, answered_at Text),
    table!(desk_reply_sealed by "reply, part": reply Text, part Text, key_id Text, ciphertext Bytes),
    table!(desk_comment by "id": id Text, case_id Text, answers Text, field Text, body Text, member Text, at Text,
        resolved_by Text, resolved_at Text),
    table!(desk_schedule by "case_id": case_id Text, due Text, member Text, hash Text, made_at Text, taken_off Text),
    table!(desk_withdrawal by "id": id Text, case_id Text, act Text, field Text, reason Text, asked_by Text, asked_at Text,
        begun_by Text, begun_at Text),
    table!(desk_second_factor by "member, state": member Text, state Text, key_id Text, ciphertext Bytes, last_step Number),
    table!(desk_recovery_code by "member, code_hash": member Text, code_hash Text),
    table!(desk_proposal by "id": id Text, act Text, kind Text, fact Text, seen Text, fields Text, reason Text, member Text,
        organisation Text, made_at Text, state Text, decided_by Text, decided_at Text, answer Text, edition Number),
    table!(desk_reference by "year": year Number, last Number),
    table!(desk_audit_head by "one": one Number, number Number, hash Text;
        add "UPDATE desk_audit_head SET number = $2, hash = $3 WHERE one = $1",
        count "SELECT COUNT(*) FROM desk_audit_head WHERE number > 0"),
    table!(desk_audit by "number": number Number, at Text, act Text, commitment Text, previous Text, hash Text, salt Text,
        detail Text),
    table!(desk_checkpoint by "day": day Text, note Text),
];

/// What is not in a backup, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("_sqlx_migrations", "each database keeps its own account of its schema"),
    ("desk_session", "sessions are secrets that soon end; everybody signs in again"),
    ("desk_invitation", "links are secrets that soon end; a manager makes new ones"),
];
