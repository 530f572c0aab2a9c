select seq from touched where kind = ?1 and site = ?2 and date = ?3
