select born_at from branch where is_current = 1
