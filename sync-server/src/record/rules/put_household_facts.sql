insert into household_facts (household, residence, unpaid_cents, version) values (?1, ?2, ?3, ?4)
on conflict (household) do update set residence = excluded.residence, unpaid_cents = excluded.unpaid_cents,
    version = excluded.version
