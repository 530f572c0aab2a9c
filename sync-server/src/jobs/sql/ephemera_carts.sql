delete from cart where changed_at < ?1
