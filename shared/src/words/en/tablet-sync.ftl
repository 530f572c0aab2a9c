# The sync page and contradictions
