update cart set changed_at = ?2 where id = ?1
