select digest, marks, changed_seq, whole_since from sheet where site = ?1 and date = ?2
