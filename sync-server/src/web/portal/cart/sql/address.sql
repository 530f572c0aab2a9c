select email, login from guardian where id = ?1
