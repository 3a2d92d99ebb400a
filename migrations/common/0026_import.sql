-- Files whose rows became cases: what was read, refused and held is kept with them. `report` is JSON. A row is known again by a hash of
-- what its publisher tells it by, so that the same file twice makes nothing new, and no text of it stays here.
CREATE TABLE desk_import (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES desk_organisation (id), member TEXT NOT NULL, at TEXT NOT NULL,
    file_name TEXT NOT NULL, file_hash TEXT NOT NULL, mapping TEXT NOT NULL, report TEXT NOT NULL
);
CREATE TABLE desk_import_row (
    organisation TEXT NOT NULL, row_hash TEXT NOT NULL, import TEXT NOT NULL REFERENCES desk_import (id),
    sheet TEXT NOT NULL, number BIGINT NOT NULL, case_id TEXT NOT NULL REFERENCES desk_case (id),
    PRIMARY KEY (organisation, row_hash)
);
