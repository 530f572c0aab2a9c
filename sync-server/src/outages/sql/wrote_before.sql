select seq from journal where received_at <= ?1 order by seq limit 1
