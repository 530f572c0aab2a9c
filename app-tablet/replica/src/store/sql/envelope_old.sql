select bytes from envelope where kind = 0 and date < ?1 order by date, site, branch limit ?2
