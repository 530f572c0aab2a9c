insert into guessing (seq, what, attempts, origin, at) values (?1, ?2, ?3, ?4, ?5)
