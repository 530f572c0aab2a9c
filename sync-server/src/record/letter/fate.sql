select fate from letter where id = ?1
