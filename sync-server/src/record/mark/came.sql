select m.site, m.id, m.value, m.handed_in_by, m.returned, coalesce(j.first_received_at, j.received_at)
from mark m join journal j on j.seq = m.seq
where m.date = ?1 order by m.site, m.id, m.nth
