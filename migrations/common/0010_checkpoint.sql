-- A checkpoint a day: a signed note of how long the audit log was and which entry came last. Made to be public. The day
-- is the key, so that many servers of one database make one.
CREATE TABLE desk_checkpoint (day TEXT PRIMARY KEY, note TEXT NOT NULL);
