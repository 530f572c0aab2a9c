insert into capability_switch (seq, name, state, message, at, actor) values (?1, ?2, ?3, ?4, ?5, ?6)
