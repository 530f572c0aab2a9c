update staff set pin = ?2 where id = ?1
