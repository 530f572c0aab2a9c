select date, seq from touched where kind = 'day' and site = ?1 and date >= ?2 and date <= ?3
