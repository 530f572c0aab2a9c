insert into session_waiver (site, date, activity, reason, at, actor, seq) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict (site, date, activity) do update set reason = excluded.reason, at = excluded.at, actor = excluded.actor, seq = excluded.seq
