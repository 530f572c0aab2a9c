insert into sheet_change (site, date, n, bytes)
values (?1, ?2, (select coalesce(max(n), 0) + 1 from sheet_change where site = ?1 and date = ?2), ?3)
