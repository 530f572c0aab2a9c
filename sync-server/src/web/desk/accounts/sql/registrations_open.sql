select id, encoded, at from registration where state = 'open' order by at, id
