delete from envelope where kind = ?1 and site = ?2 and date = ?3 and branch = ?4
