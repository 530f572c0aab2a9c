select r.id, r.formula, r.group_name, r.sitting, r.table_name, r.expected_in, r.expected_out, r.comes_from, r.goes_to, r.version,
    j.channel, j.kind, j.origin, r.for_household
from reservation r left join journal j on j.seq = r.version
where r.date = ?1 and r.site = ?2 and r.activity = ?3 and r.child = ?4 and r.cancelled_at is null
