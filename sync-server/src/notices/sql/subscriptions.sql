select encoded from push_subscription where guardian = ?1 order by since, endpoint
