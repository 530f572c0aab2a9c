select site, date, seq from touched where kind = 'day' and date >= ?1 and date <= ?2
