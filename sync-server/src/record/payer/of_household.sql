select encoded, version from payer where of_household = ?1 order by id
