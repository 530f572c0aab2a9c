update registration set state = ?2, settled_at = ?3, reason = ?4, as_guardian = ?5, version = ?6 where id = ?1
