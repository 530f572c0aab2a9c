insert into transfer (mark, child, date, from_site, to_site, at) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (mark) do nothing
