select encoded, version from calendar where id = 1
