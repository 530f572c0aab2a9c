select r.id, r.child, r.activity, r.site, r.date, r.formula, r.group_name, r.sitting, r.table_name, r.expected_in, r.expected_out,
    r.comes_from, r.goes_to, r.cancelled_at, r.version
from (select distinct site, date from returned_envelope where kind = 'day_list') d
join reservation r on r.date = d.date and r.site = d.site
where r.cancelled_at is null
order by r.id
