select encoded, version from menu where date >= ?1 and date <= ?2 order by date nulls last, version nulls first
