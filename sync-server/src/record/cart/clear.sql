delete from cart where id = ?1
