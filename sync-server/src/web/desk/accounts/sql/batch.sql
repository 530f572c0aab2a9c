select fate, cast(count(*) as bigint) from letter where batch = ?1 group by fate order by fate
