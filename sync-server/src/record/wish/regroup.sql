update wish set in_group = ?2 where id = ?1
