update reservation set cancelled_at = ?2, version = ?3, due_cents = ?4, credited_cents = ?5 where id = ?1
