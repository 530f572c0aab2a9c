select hash from journal where seq = ?1 and branch = ?2
