-- Why a correction was begun: public when it is published. `note` beside it is what a reviewer asks for, which stays
-- between the two of them.
ALTER TABLE desk_case ADD COLUMN correction TEXT;
