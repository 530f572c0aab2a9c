select born_at from branch order by born_at desc, id limit 1
