update cart set household = ?1 where household = ?2 and not exists (
    select 1 from cart o where o.owner = cart.owner and o.household = ?1)
