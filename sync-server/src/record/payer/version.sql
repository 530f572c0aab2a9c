select version from payer where id = ?1
