insert into reservation (id, child, activity, site, date, formula, group_name, sitting, table_name, expected_in,
    expected_out, comes_from, goes_to, version, for_household, in_group, base_cents, surcharge_cents, total_cents,
    pay_until, made_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
