delete from sheet_aside where site = ?1 and date = ?2
