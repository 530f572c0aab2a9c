select encoded from payer where of_household = ?1 order by id
