GRANT SELECT ON record_evidence TO treatywatch_record_reader;
