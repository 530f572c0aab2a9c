select id, encoded from notice where about_child = ?1 order by id
