delete from sheet_change where site = ?1 and date = ?2
