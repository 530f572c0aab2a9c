select cast(coalesce(max(seq), 0) as bigint) from withdrawal
