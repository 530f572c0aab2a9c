insert into notice_address (guardian, place, address) values (?1, ?2, ?3)
