select id, encoded from notice where child = ?1 order by id
