select id from letter
where fate = 'held' or (fate = 'queued' and (merged <> 0 or branch <> ?1))
order by queued_at, id
