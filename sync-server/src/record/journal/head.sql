select seq, hash from journal order by seq desc limit 1
