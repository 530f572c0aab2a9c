select 1 from notice where id = ?1
