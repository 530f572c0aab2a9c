delete from sheet where site = ?1 and date = ?2
