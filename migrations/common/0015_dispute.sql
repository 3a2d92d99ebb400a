-- That somebody disputes a published incident, from one edition to another: a mark beside its content, whose stored bytes
-- and hash stay as they are. `id` is the incident's.
CREATE TABLE record_dispute (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    said_by TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE UNIQUE INDEX record_dispute_current ON record_dispute (id) WHERE edition_to = 9223372036854775807;
