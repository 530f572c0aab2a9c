select fate, entry_seq, body, settled from lost where branch = ?1 and lost_seq = ?2 and lost_hash = ?3
