update cart_line set held_until = ?5, in_group = ?6 where cart = ?1 and child = ?2 and activity = ?3 and date = ?4
