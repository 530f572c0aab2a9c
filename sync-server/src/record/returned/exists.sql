select seq from returned_envelope where hash = ?1
