select count(*) from quarantine where settled is null
