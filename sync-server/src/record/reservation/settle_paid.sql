update reservation set paid_at = ?3, version = ?2 where id = ?1
