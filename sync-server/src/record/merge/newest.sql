select began_at, source, entries, actor from merge order by seq desc limit ?1
