-- What somebody without an account wrote about a published incident. What they typed is sealed in the table below, part
-- by part; of the private link by which they read what came of it only the SHA-256 is kept. `edition` is the newest one
-- when it came. `prepared` is the answer as JSON: readers get what is shown of it from `record_reply`, the sender from
-- here.
CREATE TABLE desk_reply (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES desk_case (id), token_hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, received_at TEXT NOT NULL, edition BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'prepared', 'answered')),
    prepared TEXT, prepared_by TEXT REFERENCES desk_member (id), answered_at TEXT
);
CREATE INDEX desk_reply_case ON desk_reply (case_id, state);
CREATE INDEX desk_reply_state ON desk_reply (state, received_at);

-- `part` is what was said (`words`) or how the sender can be reached (`contact`). Rows go: the contact when the reply is
-- answered, the words some time after.
CREATE TABLE desk_reply_sealed (
    reply TEXT NOT NULL REFERENCES desk_reply (id) ON DELETE CASCADE, part TEXT NOT NULL CHECK (part IN ('words', 'contact')),
    key_id TEXT NOT NULL, ciphertext BYTEA NOT NULL, PRIMARY KEY (reply, part)
);

-- What stands on an incident of a reply, beside its stored bytes. `corrected_in` is the edition that it points to.
CREATE TABLE record_reply (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, incident TEXT NOT NULL, edition_from BIGINT NOT NULL,
    edition_to BIGINT NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL, day TEXT NOT NULL, party TEXT NOT NULL,
    words TEXT NOT NULL, reason TEXT NOT NULL, corrected_in BIGINT, withheld_on TEXT
);
CREATE UNIQUE INDEX record_reply_current ON record_reply (id) WHERE edition_to = 9223372036854775807;
CREATE INDEX record_reply_incident ON record_reply (incident, edition_from);
