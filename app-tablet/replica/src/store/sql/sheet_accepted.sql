select accepted_at from sheet where site = ?1 and date = ?2
