insert into device (id, public_key, name, since) values (?1, ?2, ?3, ?4)
