-- What was blurred in a case: sealed with the key of the sealed notes, so that neither the database nor a backup says
-- what was hidden. `checked_revision` is the case's revision whose texts were last compared with it.
CREATE TABLE desk_blur (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES desk_case (id), field TEXT NOT NULL, key_id TEXT NOT NULL,
    ciphertext BYTEA NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL, checked_revision BIGINT NOT NULL
);
CREATE INDEX desk_blur_case ON desk_blur (case_id);

-- A text of the case that still says it. `reason` is why it may stay; it holds for the text of that hash alone.
CREATE TABLE desk_blur_mention (
    blur TEXT NOT NULL REFERENCES desk_blur (id) ON DELETE CASCADE, field TEXT NOT NULL, text_hash TEXT NOT NULL,
    reason TEXT, member TEXT, PRIMARY KEY (blur, field)
);
