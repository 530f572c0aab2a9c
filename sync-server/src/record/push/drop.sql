delete from push_subscription where endpoint = ?1 and guardian = ?2
