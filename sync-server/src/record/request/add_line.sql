insert into request_line (request, nth, at, actor, words) values (?1, ?2, ?3, ?4, ?5)
