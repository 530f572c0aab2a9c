select id, household, first_name, last_name, email, phone, authority from guardian where household = ?1 order by id
