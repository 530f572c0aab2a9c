select date, digest from sheet where site = ?1 and date >= ?2 and marks > 0 order by date
