insert into about (subject, seq) values (?1, ?2) on conflict (subject, seq) do nothing
