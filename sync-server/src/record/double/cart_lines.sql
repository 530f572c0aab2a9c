update cart_line set child = ?1 where child = ?2 and not exists (
    select 1 from cart_line o
    where o.cart = cart_line.cart and o.child = ?1 and o.activity = cart_line.activity and o.date = cart_line.date)
