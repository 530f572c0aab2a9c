select version from outage where id = ?1
