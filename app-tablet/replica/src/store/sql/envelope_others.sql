select bytes from envelope where branch <> ?1 order by kind = 0, date, site
