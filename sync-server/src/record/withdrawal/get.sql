select at from withdrawal where kind = ?1 and subject = ?2
