insert into alias (unknown_child, child, seq) values (?1, ?2, ?3)
on conflict (unknown_child) do update set child = excluded.child, seq = excluded.seq
