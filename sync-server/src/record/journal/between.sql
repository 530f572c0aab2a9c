select seq, branch, hash from journal where seq >= ?1 and seq <= ?2 order by seq
