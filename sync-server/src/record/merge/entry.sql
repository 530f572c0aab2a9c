select branch, hash from journal where seq = ?1
