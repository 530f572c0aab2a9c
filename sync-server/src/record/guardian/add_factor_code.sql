insert into second_factor_code (guardian, code) values (?1, ?2) on conflict (guardian, code) do nothing
