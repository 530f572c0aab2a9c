select date, changed_seq, whole_since from sheet where site = ?1 and date >= ?2 and changed_seq > ?3 order by changed_seq, date
