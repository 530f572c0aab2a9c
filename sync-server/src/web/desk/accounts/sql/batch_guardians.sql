select to_guardian from letter where batch = ?1 and to_guardian is not null order by id
