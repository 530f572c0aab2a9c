select lost_seq, lost_hash, fate, body, why, settled from lost where branch = ?1 order by lost_seq, lost_hash
