select address from notice_address where guardian = ?1 order by place
