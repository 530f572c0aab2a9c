update cart_line set held_until = null where held_until is not null and held_until <= ?1
