update reservation set cancelled_at = null, by_closure = null, due_cents = null, credited_cents = null, pay_until = ?2,
    version = ?3
where id = ?1
