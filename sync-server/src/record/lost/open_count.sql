select count(*) from lost where fate = 'to_settle' and settled is null
