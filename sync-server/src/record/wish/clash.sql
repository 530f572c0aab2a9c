select id from wish
where id = ?1 or (child = ?2 and activity = ?3 and site = ?4 and date = ?5 and kind = ?6 and state in ('open', 'offered'))
order by id
