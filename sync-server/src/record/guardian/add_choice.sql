insert into notice_choice (guardian, kind, mail, push) values (?1, ?2, ?3, ?4)
on conflict (guardian, kind) do update set mail = excluded.mail, push = excluded.push
