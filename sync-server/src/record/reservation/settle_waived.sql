update reservation set waived = 1, version = ?2 where id = ?1
