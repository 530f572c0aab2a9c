insert into letter_secret (letter, sealed, made_at) values (?1, ?2, ?3)
