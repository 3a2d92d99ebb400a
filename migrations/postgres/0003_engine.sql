-- The public pages read through a role that can SELECT from the record's tables and nothing else: a query that
-- strays to the desk is refused by the database itself.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'treatywatch_record_reader') THEN
        CREATE ROLE treatywatch_record_reader NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
GRANT treatywatch_record_reader TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO treatywatch_record_reader;
GRANT SELECT ON record_head, record_edition, record_country, record_treaty, record_provision, record_action,
    record_group_member, record_coverage, record_release, record_observation, record_incident,
    record_incident_facet, record_withheld, record_redaction, record_erasure TO treatywatch_record_reader;
