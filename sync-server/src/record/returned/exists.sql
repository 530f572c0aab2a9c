select seq, branch, branch_seq from returned_envelope where hash = ?1
