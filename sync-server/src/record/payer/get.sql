select encoded, version from payer where id = ?1
