delete from session where agent = ?1
