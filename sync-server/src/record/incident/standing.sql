select p.id, p.published_at, p.title, p.words, p.is_over, p.version, j.received_at
from incident_post p
join journal j on j.seq = p.version
where p.removed = 0
order by p.published_at desc, p.version desc nulls last
