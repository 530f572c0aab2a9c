select a.id, a.slug, a.name, a.mode, a.opens, a.closes, a.weekdays, a.retired, a.service
from activity a join activity_site s on s.activity = a.id
where s.site = ?1 order by a.opens, a.slug
