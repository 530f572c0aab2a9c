select household, login, phc, email, phone, activated_at, second_factor, identity, deleted_at from guardian where id = ?1
