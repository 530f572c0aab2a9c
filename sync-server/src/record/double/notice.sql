update notice set about_child = ?2, encoded = ?3 where id = ?1
