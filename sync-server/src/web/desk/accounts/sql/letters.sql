select kind, address, queued_at, fate from letter where to_guardian = ?1 order by queued_at desc, id limit 8
