select id, name, version from household order by id
