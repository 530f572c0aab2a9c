select actor, words from request_line where request = ?1 order by nth desc limit 1
