-- What somebody proposes to change in the record's facts. `fields` is the form as it was typed (JSON pairs), `seen` the
-- version of the fact that it was made from. It belongs to the desk: who proposed is never public.
CREATE TABLE desk_proposal (
    id TEXT PRIMARY KEY, act TEXT NOT NULL CHECK (act IN ('add', 'change', 'end')), kind TEXT NOT NULL, fact TEXT NOT NULL,
    seen TEXT NOT NULL, fields TEXT NOT NULL, reason TEXT NOT NULL, member TEXT NOT NULL REFERENCES desk_member (id),
    organisation TEXT NOT NULL REFERENCES desk_organisation (id), made_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'declined')), decided_by TEXT, decided_at TEXT,
    answer TEXT NOT NULL, edition BIGINT
);
CREATE INDEX desk_proposal_state ON desk_proposal (state, id);
CREATE INDEX desk_proposal_member ON desk_proposal (member, id);
