select guardian from letter where batch = ?1 and guardian is not null order by id
