select id from branch where is_current = 1
