select bytes from envelope where kind = ?1 and site = ?2 and date = ?3 order by seq desc
