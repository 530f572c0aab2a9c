update quarantine set settled = ?2, settled_seq = ?3 where hash = ?1
