insert into journal (seq, branch, operation, at, received_at, actor, channel, kind, seen, salt, body, outcome, commitment, origin, previous_hash, hash, first_received_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
