select public_key, name, since from device where id = ?1
