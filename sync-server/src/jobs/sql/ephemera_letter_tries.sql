delete from letter_try where next_at < ?1
