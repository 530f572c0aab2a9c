select kind, mail, push from notice_choice where guardian = ?1 order by kind
