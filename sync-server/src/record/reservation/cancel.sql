update reservation set cancelled_at = ?2, version = ?3 where id = ?1
