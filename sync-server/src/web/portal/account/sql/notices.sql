select kind, at, encoded from notice where guardian = ?1 order by at, id
