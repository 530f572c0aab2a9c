update notice set child = ?2, encoded = ?3 where id = ?1
