select received_at from journal order by seq limit 1
