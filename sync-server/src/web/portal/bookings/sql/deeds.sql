-- What was done with a child at some instants, and by whom.
select coalesce(j.first_received_at, j.received_at) as done_at, j.actor, j.channel, j.body
from about a join journal j on j.seq = a.seq
where a.subject = ?1
    and coalesce(j.first_received_at, j.received_at) in (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
order by j.seq
