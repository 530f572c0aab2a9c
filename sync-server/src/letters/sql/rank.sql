select cast(count(*) as bigint)
from wish own
join wish before on before.date = own.date and before.site = own.site and before.activity = own.activity
    and before.kind = 'wait' and before.state = 'open'
where own.id = ?1 and own.kind = 'wait' and own.state = 'open'
    and (before.since < own.since or (before.since = own.since and before.id <= own.id))
