select child, encoded, version from custody order by child
