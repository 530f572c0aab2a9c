insert into town_text (id, kind, title, words, shown_from, until_at, pinned, edition, encoded, written_at, removed, version)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11)
on conflict (id) do update set kind = excluded.kind, title = excluded.title, words = excluded.words,
    shown_from = excluded.shown_from, until_at = excluded.until_at, pinned = excluded.pinned, edition = excluded.edition,
    encoded = excluded.encoded, written_at = excluded.written_at, removed = 0, version = excluded.version
