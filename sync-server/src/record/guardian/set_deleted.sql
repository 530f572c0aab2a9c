update guardian set deleted_at = ?2 where id = ?1
