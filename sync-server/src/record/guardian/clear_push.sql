delete from push_subscription where guardian = ?1
