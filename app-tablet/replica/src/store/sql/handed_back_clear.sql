delete from handed_back where branch = ?1
