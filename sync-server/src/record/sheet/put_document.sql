insert into sheet_document (site, date, heads, derived_seq, saved) values (?1, ?2, ?3, ?4, ?5)
on conflict (site, date) do update set heads = excluded.heads, derived_seq = excluded.derived_seq, saved = excluded.saved
