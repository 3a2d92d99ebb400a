GRANT SELECT ON record_reply TO treatywatch_record_reader;
