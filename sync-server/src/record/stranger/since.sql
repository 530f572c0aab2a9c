-- Strangers are few and marks many: `cross join` keeps SQLite from beginning with the marks.
select t.mark, t.child, t.site, coalesce(s.name, ''), t.date, m.value, c.last_name, c.first_name
from stranger t
cross join mark m
left join site s on s.id = t.site
left join alias a on a.unknown_child = t.child
left join child c on c.id = a.child
where m.site = t.site and m.date = t.date and m.id = t.mark and m.nth = 0 and t.date >= ?1
order by t.date desc, t.mark desc
