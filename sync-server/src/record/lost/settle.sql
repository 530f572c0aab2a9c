update lost set settled = ?4, settled_at = ?5, settled_by = ?6, settled_note = ?7, settled_seq = ?8 where branch = ?1 and lost_seq = ?2 and lost_hash = ?3
