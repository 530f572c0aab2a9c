update lease set token = token where job = ?1 and token = ?2 and until <> 0
