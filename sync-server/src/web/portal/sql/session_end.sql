delete from portal_session where token = ?1
