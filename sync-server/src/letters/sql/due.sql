select l.id, l.encoded, coalesce(l.fate_at, l.queued_at), coalesce(t.tries, 0)
from letter l
left join letter_try t on t.letter = l.id
where l.fate = 'queued' and l.merged = 0 and l.branch = ?1 and coalesce(t.next_at, 0) <= ?2
order by case when l.batch is null then 0 else 1 end, l.queued_at, l.id
limit 1
