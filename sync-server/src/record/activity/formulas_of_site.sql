select f.activity, f.id, f.slug, f.name, f.place, f.meal
from formula f join activity_site s on s.activity = f.activity
where s.site = ?1 order by f.activity, f.place, f.slug
