select seq from letter where id = ?1
