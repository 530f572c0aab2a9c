delete from session_waiver where site = ?1 and date = ?2 and activity = ?3
