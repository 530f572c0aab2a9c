select r.id, r.child, r.activity, r.site, r.date, r.formula, r.group_name, r.sitting, r.table_name, r.expected_in, r.expected_out,
    r.comes_from, r.goes_to, r.cancelled_at, r.version
from reservation r
where r.cancelled_at is not null and exists (
    select 1 from returned_envelope e where e.kind = 'day_list' and e.site = r.site and e.date = r.date)
order by r.id
