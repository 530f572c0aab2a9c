# What families ask, at the desk.
