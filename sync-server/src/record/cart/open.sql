insert into cart (id, owner, household, changed_at) values (?1, ?2, ?3, ?4) on conflict (owner, household) do nothing
