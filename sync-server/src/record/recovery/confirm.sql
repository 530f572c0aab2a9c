insert into recovery_confirmed (branch, kind, subject, seq) values (?1, ?2, ?3, ?4)
