delete from cart where household = ?1
