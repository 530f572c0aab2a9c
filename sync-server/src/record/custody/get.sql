select encoded, version from custody where child = ?1
