select encoded, version from portal where id = 1
