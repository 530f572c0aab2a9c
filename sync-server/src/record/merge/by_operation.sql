select seq from journal where operation = ?1
