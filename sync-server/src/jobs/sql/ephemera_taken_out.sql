delete from cart_line where kind = 'out' and added_at <= ?1
