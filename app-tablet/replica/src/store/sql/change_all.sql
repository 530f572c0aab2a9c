select bytes from sheet_change where site = ?1 and date = ?2 order by n
