insert into letter (id, kind, address, to_guardian, notice, batch, encoded, branch, merged, queued_at, fate, detail, seq)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'queued', '', ?11)
on conflict (id) do nothing
