delete from notice_address where guardian = ?1
