select name, state, message, since, version from capability order by name
