select id, household, first_name, last_name, email, phone, authority from guardian order by household, id
