update incident_post set removed = 1, version = ?2 where id = ?1
