insert into lease (job, holder, token, until) values (?1, ?2, ?3, ?4)
on conflict (job) do update set holder = excluded.holder, token = excluded.token, until = excluded.until
where lease.token < excluded.token
