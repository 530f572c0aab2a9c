select 1 from reservation where id = ?1
