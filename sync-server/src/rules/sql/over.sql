select id from wish
where (state = 'offered' and offered_until <= ?1) or (state in ('open', 'offered') and date < ?2)
order by id
