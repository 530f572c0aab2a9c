insert into letter_try (letter, tries, next_at, detail) values (?1, ?2, ?3, ?4)
on conflict (letter) do update set tries = excluded.tries, next_at = excluded.next_at, detail = excluded.detail
