insert into child_household (child, household) values (?1, ?2) on conflict (child, household) do nothing
