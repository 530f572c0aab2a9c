select received_at from journal where seq >= ?1 order by seq limit 1
