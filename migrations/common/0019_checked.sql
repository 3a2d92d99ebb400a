-- Whether a fact was checked against its source: beside the content, so that what is not yet checked is one list. JSON
-- escapes every quotation mark inside a text, so these patterns meet nothing but the key itself. Memberships of groups had
-- no mark before; none of them was checked.
ALTER TABLE record_action ADD COLUMN checked BIGINT NOT NULL DEFAULT 1;
ALTER TABLE record_provision ADD COLUMN checked BIGINT NOT NULL DEFAULT 1;
ALTER TABLE record_treaty ADD COLUMN checked BIGINT NOT NULL DEFAULT 1;
ALTER TABLE record_group_member ADD COLUMN checked BIGINT NOT NULL DEFAULT 0;
UPDATE record_action SET checked = 0 WHERE content LIKE '%"checked":false%';
UPDATE record_provision SET checked = 0 WHERE content LIKE '%"checked":false%';
UPDATE record_treaty SET checked = 0 WHERE content LIKE '%"rules_checked":false%';
