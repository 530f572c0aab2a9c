select id, school from site where school is not null order by id
