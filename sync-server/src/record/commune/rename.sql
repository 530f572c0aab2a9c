update commune set name = ?1, zone = ?2, label = ?3, version = ?4 where id = 1
