select encoded from notice where id = ?1
