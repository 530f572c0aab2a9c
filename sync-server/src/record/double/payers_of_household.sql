select encoded from payer where household = ?1 order by id
