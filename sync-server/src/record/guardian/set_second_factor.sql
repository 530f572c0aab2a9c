update guardian set second_factor = ?2 where id = ?1
