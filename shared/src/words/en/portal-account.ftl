# The account, its history and its end.
