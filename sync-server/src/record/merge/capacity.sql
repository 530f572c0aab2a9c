select a.capacity, (select cast(count(*) as bigint) from rule_set r where r.live = 1) from activity a where a.id = ?1
