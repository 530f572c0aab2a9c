select r.hash, r.kind, r.site, r.date, r.branch, r.branch_seq, r.device, r.received_at, r.seq, r.encoded
from returned_envelope r
where not exists (
    select 1 from returned_envelope o
    where o.kind = r.kind and o.site = r.site and o.date = r.date and o.branch = r.branch
        and (o.branch_seq > r.branch_seq or (o.branch_seq = r.branch_seq and o.hash > r.hash)))
order by r.hash nulls last
