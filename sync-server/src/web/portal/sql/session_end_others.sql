delete from portal_session where guardian = ?1 and token <> ?2
