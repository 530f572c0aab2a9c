select r.activity, r.site, r.date, r.group_name, r.sitting, r.table_name, r.expected_in, r.expected_out, r.comes_from, r.goes_to,
    r.formula
from reservation r
where r.child = ?1 and r.cancelled_at is null and r.date = (
    select max(o.date) from reservation o
    where o.child = r.child and o.activity = r.activity and o.site = r.site and o.cancelled_at is null)
order by r.date desc, r.activity, r.id
