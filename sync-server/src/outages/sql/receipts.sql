select seq, received_at, first_received_at from journal
where seq in (select m.seq from mark m where m.site = ?1 and m.date >= ?2 and m.date <= ?3)
