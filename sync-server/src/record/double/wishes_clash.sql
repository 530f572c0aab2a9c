update wish set state = 'ended', changed_at = ?3, version = ?4
where child = ?2 and state in ('open', 'offered') and exists (
    select 1 from wish o
    where o.child = ?1 and o.state in ('open', 'offered') and o.kind = wish.kind and o.date = wish.date
        and o.site = wish.site and o.activity = wish.activity)
