update request set state = ?2, changed_at = ?3, version = ?4 where id = ?1
