select id from letter
where fate = 'queued' and merged = 0 and branch = ?1
order by queued_at, id
