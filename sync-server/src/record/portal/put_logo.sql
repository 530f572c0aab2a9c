insert into logo (id, media_type, words, bytes, version) values (1, ?1, ?2, ?3, ?4)
on conflict (id) do update set media_type = excluded.media_type, words = excluded.words, bytes = excluded.bytes,
    version = excluded.version
