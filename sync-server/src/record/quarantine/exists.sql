select 1 from quarantine where hash = ?1
