-- A second factor: the secret of somebody's authenticator app, sealed with the key of sealed notes. `standing` is the one
-- that is asked for; `pending` was shown and not yet confirmed. `last_step` is the last time step whose code was used: a
-- code works once.
CREATE TABLE desk_second_factor (
    member TEXT NOT NULL REFERENCES desk_member (id), state TEXT NOT NULL CHECK (state IN ('standing', 'pending')),
    key_id TEXT NOT NULL, ciphertext BYTEA NOT NULL, last_step BIGINT NOT NULL, PRIMARY KEY (member, state)
);

-- Recovery codes, each for once, for who lost their authenticator. Only the SHA-256 is kept.
CREATE TABLE desk_recovery_code (
    member TEXT NOT NULL REFERENCES desk_member (id), code_hash TEXT NOT NULL, PRIMARY KEY (member, code_hash)
);

-- A session that still waits for a code opens nothing.
ALTER TABLE desk_session ADD COLUMN waits_for_code BIGINT NOT NULL DEFAULT 0;

-- Trial members, made by `serve --demo` on an empty desk alone, are not made to set up a second factor.
ALTER TABLE desk_member ADD COLUMN trial BIGINT NOT NULL DEFAULT 0;
