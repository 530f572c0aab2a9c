select id from activity where slug = ?1
