update guardian_link set used_at = ?2 where token = ?1
