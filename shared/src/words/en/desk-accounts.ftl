# Accounts of families, at the desk.
accounts-place = Accounts
