insert into refinery_schema_history (version, name, applied_on, checksum) values (999, 'from_tomorrow', '2027-01-01T00:00:00Z', '1')
