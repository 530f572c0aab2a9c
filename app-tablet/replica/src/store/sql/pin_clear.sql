delete from pin_attempt where staff = ?1
