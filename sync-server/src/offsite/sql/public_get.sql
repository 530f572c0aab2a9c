select public_digest from offsite where id = 1
