delete from cart_line where child = ?1
