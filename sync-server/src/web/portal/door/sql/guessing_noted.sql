select seq from guessing where what = ?1 and origin = ?2 and at > ?3
