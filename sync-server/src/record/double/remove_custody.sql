delete from custody where child = ?1
