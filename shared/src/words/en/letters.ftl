# Letters that are mailed.
