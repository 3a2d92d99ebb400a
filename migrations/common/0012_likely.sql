-- Where and when a case happened, as its working version says: what likely duplicates among an organisation's own
-- cases are found by. Written with every save.
CREATE TABLE desk_case_place (
    case_id TEXT NOT NULL REFERENCES desk_case (id), organisation TEXT NOT NULL, country TEXT NOT NULL,
    first_day TEXT NOT NULL, last_day TEXT NOT NULL, PRIMARY KEY (case_id, country)
);
CREATE INDEX desk_case_place_country ON desk_case_place (organisation, country, first_day);

-- What a member said of a likely duplicate. `other` is the id of a case, or of a published incident.
CREATE TABLE desk_case_likely (
    case_id TEXT NOT NULL REFERENCES desk_case (id), other TEXT NOT NULL,
    said TEXT NOT NULL CHECK (said IN ('related', 'not-the-same')), member TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (case_id, other)
);
