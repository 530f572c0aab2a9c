select login, phc from guardian where id = ?1
