select public_key, sealed from push_key where id = 1
