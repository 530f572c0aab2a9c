insert into registration (id, encoded, state, at, version) values (?1, ?2, 'open', ?3, ?4)
