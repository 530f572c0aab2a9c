insert into alias (unknown_child, child, seq, merged) values (?1, ?2, ?3, 1)
on conflict (unknown_child) do update set child = excluded.child, seq = excluded.seq, merged = 1
