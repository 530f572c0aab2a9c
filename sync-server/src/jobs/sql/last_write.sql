select received_at from journal order by seq desc limit 1
