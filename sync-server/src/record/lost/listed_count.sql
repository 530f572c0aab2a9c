select count(*) from lost where fate = 'listed'
