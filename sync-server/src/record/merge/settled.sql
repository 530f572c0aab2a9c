select id, detail from settlement
where site = ?1 and date = ?2 and activity = ?3 and child = ?4 and kind = ?5 and evidence = ?6 and undone_seq is null
