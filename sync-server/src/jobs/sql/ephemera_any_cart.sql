select CAST(1 AS bigint)
where exists (select 1 from cart where changed_at < ?1)
or exists (select 1 from cart_line where held_until is not null and held_until <= ?2)
or exists (select 1 from cart_line where kind = 'out' and added_at <= ?3)
