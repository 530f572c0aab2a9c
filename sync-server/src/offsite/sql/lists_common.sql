select cast(coalesce(max(seq), 0) as bigint) from touched where kind in ('all_days', 'sites')
