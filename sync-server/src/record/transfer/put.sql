insert into transfer (mark, child, date, from_site, to_site) values (?1, ?2, ?3, ?4, ?5)
on conflict (mark) do nothing
