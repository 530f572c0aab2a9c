select 1 from letter where id = ?1
