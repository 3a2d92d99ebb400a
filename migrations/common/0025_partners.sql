-- An organisation names a partner by its short name, whose manager accepts; either ends it. The name is kept as it was
-- typed, whether there is such an organisation or not: naming must not tell which organisations exist.
CREATE TABLE desk_partnership (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES desk_organisation (id), partner_slug TEXT NOT NULL,
    named_by TEXT NOT NULL REFERENCES desk_member (id), named_at TEXT NOT NULL,
    accepted_by TEXT REFERENCES desk_member (id), accepted_at TEXT, UNIQUE (organisation, partner_slug)
);
CREATE INDEX desk_partnership_partner ON desk_partnership (partner_slug);

-- The organisation to whose reviewers a case is handed as second person, until it is published or taken back.
ALTER TABLE desk_case ADD COLUMN partner TEXT REFERENCES desk_organisation (id);
CREATE INDEX desk_case_partner ON desk_case (partner, working_state);
