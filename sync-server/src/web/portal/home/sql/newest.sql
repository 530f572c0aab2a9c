select encoded from notice where guardian = ?1 order by at desc, id limit ?2 offset ?3
