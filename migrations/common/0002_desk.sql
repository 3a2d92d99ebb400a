-- The desk: where people work. Private. Only publishing copies from here to the record.

CREATE TABLE desk_organisation (
    id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created_at TEXT NOT NULL
);

CREATE TABLE desk_member (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL,
    disabled BIGINT NOT NULL CHECK (disabled IN (0, 1)), created_at TEXT NOT NULL
);

CREATE TABLE desk_membership (
    member TEXT NOT NULL REFERENCES desk_member (id), organisation TEXT NOT NULL REFERENCES desk_organisation (id),
    role TEXT NOT NULL, PRIMARY KEY (member, organisation)
);

-- Only the SHA-256 of a session's token is kept.
CREATE TABLE desk_session (
    token_hash TEXT PRIMARY KEY, member TEXT NOT NULL REFERENCES desk_member (id),
    created_at TEXT NOT NULL, seen_at TEXT NOT NULL, ends_at TEXT NOT NULL
);
CREATE INDEX desk_session_member ON desk_session (member);

-- A case has a public version (in the record) and at most one working version (here). `working` is the draft as
-- JSON; `field_revisions` tells at which revision each field last changed, so that two editors' disjoint changes
-- merge and the same field twice is a conflict.
CREATE TABLE desk_case (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES desk_organisation (id),
    entrant TEXT NOT NULL REFERENCES desk_member (id), handed_to TEXT REFERENCES desk_member (id),
    reference TEXT UNIQUE, public_state TEXT NOT NULL, hidden_by TEXT,
    working_state TEXT, working TEXT, revision BIGINT NOT NULL, field_revisions TEXT NOT NULL,
    version BIGINT NOT NULL, submitted_by TEXT, verified_by TEXT, verified_hash TEXT, note TEXT NOT NULL,
    created_at TEXT NOT NULL, changed_at TEXT NOT NULL
);
CREATE INDEX desk_case_organisation ON desk_case (organisation, changed_at);

-- Who changed something in a working version: they cannot verify it.
CREATE TABLE desk_case_change (
    case_id TEXT NOT NULL REFERENCES desk_case (id), version BIGINT NOT NULL, member TEXT NOT NULL,
    PRIMARY KEY (case_id, version, member)
);

-- Snapshots made by save, submit, verify and publish.
CREATE TABLE desk_case_version (
    case_id TEXT NOT NULL REFERENCES desk_case (id), number BIGINT NOT NULL, made_at TEXT NOT NULL,
    made_by TEXT NOT NULL, step TEXT NOT NULL, draft TEXT NOT NULL, PRIMARY KEY (case_id, number)
);

-- Sealed notes: ciphertext only; the key is a file outside the database.
CREATE TABLE desk_sealed_note (
    case_id TEXT PRIMARY KEY REFERENCES desk_case (id), key_id TEXT NOT NULL, ciphertext BYTEA NOT NULL,
    changed_at TEXT NOT NULL
);

-- The last number given per year of start.
CREATE TABLE desk_reference (year BIGINT PRIMARY KEY, last BIGINT NOT NULL);

-- Every change, chained by SHA-256. Private detail enters as a salted commitment.
CREATE TABLE desk_audit_head (one BIGINT PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL, hash TEXT NOT NULL);
INSERT INTO desk_audit_head (one, number, hash) VALUES (1, 0, '');
CREATE TABLE desk_audit (
    number BIGINT PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, commitment TEXT NOT NULL, previous TEXT NOT NULL,
    hash TEXT NOT NULL, salt TEXT, detail TEXT
);
