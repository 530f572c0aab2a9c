select l.encoded, l.queued_at, l.met, l.fate_at, l.detail, g.first_name, g.last_name, coalesce(t.tries, 0)
from (
    select id, encoded, queued_at, fate_at, detail, to_guardian,
        case when fate = 'queued' and (merged <> 0 or branch <> ?1) then 'held' else fate end as met
    from letter
) l
left join guardian g on g.id = l.to_guardian
left join letter_try t on t.letter = l.id
where l.met = ?2
order by l.queued_at desc, l.id
limit ?3 offset ?4
