delete from portal_session where guardian = ?1
