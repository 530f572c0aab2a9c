select count(*) from lost
