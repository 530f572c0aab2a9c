insert into payer_period (payer, child, from_date, until_date) values (?1, ?2, ?3, ?4)
on conflict (payer, child, from_date) do update set until_date = excluded.until_date
