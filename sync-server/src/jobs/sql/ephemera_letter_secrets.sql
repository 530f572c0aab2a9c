delete from letter_secret where made_at < ?1
