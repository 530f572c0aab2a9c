select version from incident_post where id = ?1
