select site, date, activity, child, kind, evidence, undone_seq, detail from settlement where id = ?1
