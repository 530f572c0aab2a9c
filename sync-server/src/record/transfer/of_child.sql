select to_site from transfer where child = ?1 and date = ?2
