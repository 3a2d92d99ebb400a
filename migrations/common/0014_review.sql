-- The entrant showed the sealed notes to the organisation's researchers.
ALTER TABLE desk_case ADD COLUMN notes_shared BIGINT NOT NULL DEFAULT 0 CHECK (notes_shared IN (0, 1));
