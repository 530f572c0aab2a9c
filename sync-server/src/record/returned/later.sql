update returned_envelope set branch_seq = ?2, encoded = ?3, seq = ?4 where hash = ?1
