select bytes from envelope where kind = 0 and site = ?1 and date < ?2 and strftime('%w', date) = strftime('%w', ?2)
order by date desc, branch = ?3 desc, seq desc limit 6
