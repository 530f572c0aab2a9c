select holder, token, until, done_at from lease where job = ?1
