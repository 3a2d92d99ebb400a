-- A link that works once and ends: it lets somebody join an organisation, or (with `member`) choose a new password.
-- Only the SHA-256 of its token is kept.
CREATE TABLE desk_invitation (
    token_hash TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES desk_organisation (id), email TEXT NOT NULL,
    role TEXT NOT NULL, member TEXT REFERENCES desk_member (id), made_by TEXT NOT NULL, made_at TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
CREATE INDEX desk_invitation_organisation ON desk_invitation (organisation);
