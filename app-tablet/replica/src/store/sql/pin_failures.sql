select failures from pin_attempt where staff = ?1 and pin = ?2
