update branch set is_current = 0 where is_current = 1
