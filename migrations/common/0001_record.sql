-- The record: what was published, for everyone, for good. Versioned tables hold `edition_from` and `edition_to`
-- (half-open, 9223372036854775807 while a version is current); a row as of edition N has
-- edition_from <= N AND N < edition_to. Reference data keeps its content as JSON beside the keys that queries use.

CREATE TABLE record_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    edition BIGINT NOT NULL,
    withdrawals BIGINT NOT NULL
);
INSERT INTO record_head (one, edition, withdrawals) VALUES (1, 0, 0);

CREATE TABLE record_edition (
    number BIGINT PRIMARY KEY,
    published_at TEXT NOT NULL,
    day TEXT NOT NULL,
    cause TEXT NOT NULL,
    incident TEXT,
    reason TEXT NOT NULL,
    methodology TEXT NOT NULL
);
CREATE INDEX record_edition_incident ON record_edition (incident);

CREATE TABLE record_country (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_country_current ON record_country (id) WHERE edition_to = 9223372036854775807;

CREATE TABLE record_treaty (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    position BIGINT NOT NULL, content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_treaty_current ON record_treaty (id) WHERE edition_to = 9223372036854775807;

CREATE TABLE record_provision (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    treaty TEXT NOT NULL, position BIGINT NOT NULL, content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_provision_current ON record_provision (id) WHERE edition_to = 9223372036854775807;
CREATE INDEX record_provision_treaty ON record_provision (treaty);

CREATE TABLE record_action (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    treaty TEXT NOT NULL, country TEXT NOT NULL, position BIGINT NOT NULL, content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_action_current ON record_action (id) WHERE edition_to = 9223372036854775807;
CREATE INDEX record_action_treaty ON record_action (treaty);
CREATE INDEX record_action_country ON record_action (country);

CREATE TABLE record_group_member (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_group_member_current ON record_group_member (id) WHERE edition_to = 9223372036854775807;

CREATE TABLE record_coverage (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_coverage_current ON record_coverage (id) WHERE edition_to = 9223372036854775807;

-- A release is one indicator's observations as one publisher gave them out. Observations are written under a
-- release that no edition names yet and become visible with its row.
CREATE TABLE record_release (
    id TEXT PRIMARY KEY, indicator TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    hash TEXT NOT NULL, content TEXT NOT NULL
);
CREATE UNIQUE INDEX record_release_current ON record_release (indicator) WHERE edition_to = 9223372036854775807;

CREATE TABLE record_observation (
    release_id TEXT NOT NULL, country TEXT NOT NULL, period BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL, low DOUBLE PRECISION, high DOUBLE PRECISION,
    PRIMARY KEY (release_id, country, period)
);

-- An incident's content is canonical JSON; the columns beside it are what lists sort and filter by. `content`
-- is empty where the version says only that the incident was retracted.
CREATE TABLE record_incident (
    version_id TEXT PRIMARY KEY, id TEXT NOT NULL, edition_from BIGINT NOT NULL, edition_to BIGINT NOT NULL,
    reference TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('published', 'retracted')),
    kind TEXT NOT NULL, bearing TEXT NOT NULL, start_first TEXT NOT NULL, last_day TEXT NOT NULL,
    content TEXT NOT NULL, content_hash TEXT NOT NULL, hash_before TEXT, reason TEXT NOT NULL
);
CREATE UNIQUE INDEX record_incident_current ON record_incident (id) WHERE edition_to = 9223372036854775807;
CREATE INDEX record_incident_reference ON record_incident (reference, edition_from);
CREATE INDEX record_incident_start ON record_incident (start_first, reference);

-- What has many values: `country` (answerable or happened there), `answerable`, `treaty`, `year`.
CREATE TABLE record_incident_facet (
    version_id TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (version_id, facet, value)
);
CREATE INDEX record_incident_facet_value ON record_incident_facet (facet, value);

-- Withdrawals go through all editions, so they are not versioned.
CREATE TABLE record_withheld (incident TEXT PRIMARY KEY, day TEXT NOT NULL);
CREATE TABLE record_redaction (
    incident TEXT NOT NULL, field TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (incident, field)
);
CREATE TABLE record_erasure (reference TEXT PRIMARY KEY, day TEXT NOT NULL);
