select encoded from payer where id in (select p.payer from payer_period p where p.child = ?1) order by id
