insert into factor_step (guardian, step) values (?1, ?2)
on conflict (guardian) do update set step = excluded.step
where factor_step.step < excluded.step
