update settlement set undone_at = ?2, undone_by = ?3, undone_reason = ?4, undone_seq = ?5 where id = ?1
