select endpoint, encoded, since from push_subscription where guardian = ?1 order by since, endpoint
