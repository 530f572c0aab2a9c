select r.child, r.activity, r.formula, r.group_name, r.sitting, r.table_name, r.expected_in, r.expected_out, r.comes_from, r.goes_to
from reservation r
join child c on c.id = r.child
join activity a on a.id = r.activity
where r.date = ?1 and r.site = ?2 and r.cancelled_at is null and (c.left_on is null or c.left_on > ?1)
order by a.opens, a.slug, c.sort_key, c.id
