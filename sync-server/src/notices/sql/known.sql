select seq from notice where id = ?1
