delete from notice_choice where guardian = ?1
