update tablet_code set used_by = ?2 where code = ?1
