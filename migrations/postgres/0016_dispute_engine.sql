GRANT SELECT ON record_dispute TO treatywatch_record_reader;
