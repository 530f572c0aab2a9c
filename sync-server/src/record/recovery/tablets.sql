select d.id, d.name, d.since, w.at, c.last_at, c.owed, c.agreed_seq, c.agreed_at, k.seq, v.reason
from device d
left join withdrawal w on w.kind = 'device' and w.subject = d.id
left join device_contact c on c.device = d.id
left join recovery_confirmed k on k.branch = ?1 and k.kind = 'device' and k.subject = d.id
left join recovery_waived v on v.branch = ?1 and v.device = d.id
order by d.since, d.id
