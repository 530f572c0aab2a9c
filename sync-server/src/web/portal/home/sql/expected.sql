select 'text' as what, id, kind as word, title as said, shown_from as number from town_text
where kind in ('rules', 'conditions') and removed = 0 and shown_from <= ?2 and (until_at is null or until_at > ?2)
    and not exists (
        select 1 from text_accepted a
        where a.guardian = ?1 and a.town_text = town_text.id and a.edition = town_text.edition
    )
union all
select 'request', id, kind, title, changed_at from request where guardian = ?1 and state = 'waiting'
union all
select 'bounced', l.id, l.kind, l.address, l.queued_at from guardian g
join letter l on l.to_guardian = g.id and l.address = g.email and l.fate = 'bounced'
where g.id = ?1 and not exists (
        select 1 from letter n
        where n.to_guardian = g.id and n.address = l.address and n.fate = 'sent' and n.queued_at > l.queued_at
    )
union all
select 'email', id, '', coalesce(email, ''), cast(0 as bigint) from guardian where id = ?1
union all
select 'phone', o.id, '', o.phone, cast(0 as bigint) from guardian g
join guardian o on o.household = g.household and o.phone is not null
where g.id = ?1
union all
select 'phone', c.id, '', c.phone, cast(0 as bigint) from guardian g
join child_household h on h.household = g.household
join child c on c.id = h.child and c.phone is not null
where g.id = ?1
union all
select 'incident', i.id, '', i.title, i.published_at from incident_post i
where i.removed = 0 and i.is_over = 0 and not exists (
        select 1 from incident_post n where n.removed = 0 and n.published_at > i.published_at
    )
order by what, number desc, id
