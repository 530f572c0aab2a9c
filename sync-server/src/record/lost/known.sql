select branch, min(lost_seq), max(lost_seq), cast(count(distinct lost_seq) as bigint) from lost group by branch order by min(lost_seq), branch
