update family_code set used_at = ?2 where pair = ?1
