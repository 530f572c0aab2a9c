select cast(count(*) as bigint), min(l.queued_at), min(coalesce(t.next_at, 0))
from letter l
left join letter_try t on t.letter = l.id
where l.fate = 'queued' and l.merged = 0 and l.branch = ?1
