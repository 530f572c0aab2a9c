update offsite set public_digest = ?1 where id = 1
