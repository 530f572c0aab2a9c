delete from portal_session where token = ?1 and guardian = ?2
