insert into identity_trip (state, sealed, made_at) values (?1, ?2, ?3)
