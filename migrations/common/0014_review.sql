-- The entrant showed the sealed notes to the organisation's researchers.
ALTER TABLE desk_case ADD COLUMN notes_shared BIGINT NOT NULL DEFAULT 0 CHECK (notes_shared IN (0, 1));

-- Since when the working version waits in the state in which it is.
ALTER TABLE desk_case ADD COLUMN waits_since TEXT NOT NULL DEFAULT '';
UPDATE desk_case SET waits_since = changed_at;
CREATE INDEX desk_case_waits ON desk_case (organisation, waits_since);

-- What colleagues say to each other of a field, or (with an empty `field`) of the whole case. `answers` names the comment
-- that began it; only that one is resolved.
CREATE TABLE desk_comment (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES desk_case (id), answers TEXT, field TEXT NOT NULL,
    body TEXT NOT NULL, member TEXT NOT NULL REFERENCES desk_member (id), at TEXT NOT NULL,
    resolved_by TEXT REFERENCES desk_member (id), resolved_at TEXT
);
CREATE INDEX desk_comment_case ON desk_comment (case_id, id);

-- When a verified version is to be published: decided by `member` over exactly what `hash` is of. `taken_off` is why it
-- was not.
CREATE TABLE desk_schedule (
    case_id TEXT PRIMARY KEY REFERENCES desk_case (id), due TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES desk_member (id), hash TEXT NOT NULL, made_at TEXT NOT NULL, taken_off TEXT
);
CREATE INDEX desk_schedule_due ON desk_schedule (due);

-- A redaction or an erasure that somebody asked for, or that the first of two persons began.
CREATE TABLE desk_withdrawal (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES desk_case (id),
    act TEXT NOT NULL CHECK (act IN ('redact', 'erase')), field TEXT NOT NULL, reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES desk_member (id), asked_at TEXT NOT NULL,
    begun_by TEXT REFERENCES desk_member (id), begun_at TEXT
);
CREATE INDEX desk_withdrawal_case ON desk_withdrawal (case_id);
