select m.site, m.date, max(m.seq) from mark m
where not exists (select 1 from sheet s where s.site = m.site and s.date = m.date)
group by m.site, m.date order by m.site, m.date
