select seq, branch, cast(coalesce(length(body), 0) + length(outcome) as bigint) from journal where seq > ?1 order by seq limit ?2
