select coalesce(max(nth), 0) from request_line where request = ?1
