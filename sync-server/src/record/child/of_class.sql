select id from child where class = ?1 order by id
