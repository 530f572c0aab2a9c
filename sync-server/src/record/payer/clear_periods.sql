delete from payer_period where payer = ?1
