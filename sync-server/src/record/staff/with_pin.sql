select id from staff where pin is not null
