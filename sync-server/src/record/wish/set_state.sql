update wish set state = ?2, changed_at = ?3, words = ?4, version = ?5 where id = ?1
