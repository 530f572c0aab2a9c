update wish set child = ?1 where child = ?2
