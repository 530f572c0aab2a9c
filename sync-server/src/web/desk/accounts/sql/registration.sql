select encoded, state, version, at from registration where id = ?1
