-- The name of the key that seals now, so that a program that holds the one before seals nothing with it any more; empty until
-- something is sealed. `previous` is the one before while its values are being sealed anew. (Blurs come with a later migration;
-- where nothing else is sealed yet, the next that seals names the key.)
CREATE TABLE desk_sealing_key (one BIGINT PRIMARY KEY CHECK (one = 1), key_id TEXT NOT NULL, previous TEXT NOT NULL);
INSERT INTO desk_sealing_key (one, key_id, previous) SELECT 1, COALESCE(MAX(key_id), ''), '' FROM (
    SELECT key_id FROM desk_sealed_note UNION SELECT key_id FROM desk_second_factor
    UNION SELECT key_id FROM desk_evidence
) AS sealed;
