# Letters, at the desk.
