insert into stranger (mark, child, site, date) values (?1, ?2, ?3, ?4)
on conflict (mark) do nothing
