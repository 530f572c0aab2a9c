select waived from reservation where id = ?1
