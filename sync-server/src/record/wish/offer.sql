update wish set state = 'offered', offered_until = ?2, changed_at = ?3, version = ?4 where id = ?1
