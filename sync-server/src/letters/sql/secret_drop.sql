delete from letter_secret where letter = ?1
