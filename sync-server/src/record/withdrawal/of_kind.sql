select subject from withdrawal where kind = ?1
