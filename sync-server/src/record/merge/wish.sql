select state from wish where id = ?1
