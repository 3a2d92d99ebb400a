-- Evidence files. The original lies encrypted in the evidence store under the random name `object`; its key, and with it
-- the original, the copy and the thumbnail, is sealed with the key of sealed notes. `public_id` names it for readers: a
-- key of ours would tell when it came. A file that was removed keeps its row, without object and key.
CREATE TABLE desk_evidence (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES desk_case (id), public_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, media_type TEXT NOT NULL, bytes BIGINT NOT NULL, sha256 TEXT NOT NULL, object TEXT NOT NULL,
    key_id TEXT NOT NULL, sealed_key BYTEA NOT NULL, copy_type TEXT NOT NULL, copy_width BIGINT NOT NULL,
    copy_height BIGINT NOT NULL, copy_sealed BYTEA NOT NULL, thumbnail_sealed BYTEA NOT NULL, shows TEXT NOT NULL,
    consent TEXT NOT NULL, consent_note TEXT NOT NULL, added_at TEXT NOT NULL, removed_at TEXT
);
CREATE INDEX desk_evidence_case ON desk_evidence (case_id, id);

-- Custody: who added, read, exported or removed a file, and what was said of it when.
CREATE TABLE desk_custody (
    evidence TEXT NOT NULL REFERENCES desk_evidence (id), number BIGINT NOT NULL, at TEXT NOT NULL,
    member TEXT NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (evidence, number)
);

-- The hash of the evidence that would be shown with the working version: a verification stands for that too.
ALTER TABLE desk_case ADD COLUMN evidence TEXT NOT NULL DEFAULT '';

-- What the public gets of a file: of pictures a copy that was decoded and encoded anew, of others kind and rounded size.
CREATE TABLE record_evidence (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, incident TEXT NOT NULL, position BIGINT NOT NULL,
    edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL, media_type TEXT NOT NULL, rounded_bytes BIGINT NOT NULL,
    shows TEXT NOT NULL, copy_type TEXT NOT NULL, copy_width BIGINT NOT NULL, copy_height BIGINT NOT NULL,
    copy BYTEA NOT NULL, thumbnail BYTEA NOT NULL, withdrawn_on TEXT
);
CREATE UNIQUE INDEX record_evidence_current ON record_evidence (id) WHERE edition_to = 9223372036854775807;
CREATE INDEX record_evidence_incident ON record_evidence (incident, edition_from);
