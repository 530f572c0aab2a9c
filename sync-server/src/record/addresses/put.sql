insert into addresses (id, encoded, seq) values (1, ?1, ?2)
on conflict (id) do update set encoded = excluded.encoded, seq = excluded.seq
