delete from letter_try where letter = ?1
