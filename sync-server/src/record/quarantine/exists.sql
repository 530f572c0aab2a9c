select hash from quarantine where hash = ?1
