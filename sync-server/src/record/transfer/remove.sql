delete from transfer where mark = ?1
