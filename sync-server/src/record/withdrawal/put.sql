insert into withdrawal (kind, subject, at, encoded, seq) values (?1, ?2, ?3, ?4, ?5)
