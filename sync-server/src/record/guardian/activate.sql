update guardian set activated_at = ?2, deleted_at = null where id = ?1
