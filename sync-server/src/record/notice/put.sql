insert into notice (id, guardian, kind, about_child, at, encoded, seq) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict (id) do nothing
