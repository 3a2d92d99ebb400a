-- Who came by a link that a steward made: the first manager of an organisation. Its members are shown that.
ALTER TABLE desk_invitation ADD COLUMN by_steward BIGINT NOT NULL DEFAULT 0;
ALTER TABLE desk_membership ADD COLUMN by_steward BIGINT NOT NULL DEFAULT 0;
