select site, activity, child, kind, evidence, id, detail, seq from settlement
where date = ?1 and undone_seq is null order by seq, id
