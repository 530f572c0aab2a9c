select detail, undone_seq from settlement where id = ?1
