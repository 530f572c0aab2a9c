update reservation set cancelled_at = ?2, by_closure = ?3, due_cents = null, version = ?4,
    credited_cents = case when paid_at is null then null else total_cents end
where id = ?1 and cancelled_at is null
