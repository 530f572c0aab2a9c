select distinct m.site, m.date from mark m left join sheet s on s.site = m.site and s.date = m.date
where s.covered_digest is null
order by m.site, m.date
