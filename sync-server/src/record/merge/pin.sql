select pin from staff where id = ?1
