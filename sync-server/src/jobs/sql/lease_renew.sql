update lease set until = ?3 where job = ?1 and token = ?2 and until <> 0
