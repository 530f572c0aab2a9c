select child, encoded, version from custody
