select p.encoded, p.version from payer p where p.id in (select d.payer from payer_period d where d.child = ?1) order by p.id
