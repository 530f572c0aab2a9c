update reservation set waived = 0, paid_at = null, version = ?2 where id = ?1
