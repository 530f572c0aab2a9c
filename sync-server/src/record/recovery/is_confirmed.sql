select seq from recovery_confirmed where branch = ?1 and kind = ?2 and subject = ?3
