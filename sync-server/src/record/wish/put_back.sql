insert into wish (id, kind, state, child, activity, site, date, about_reservation, since, changed_at, version,
    with_formula, in_group, for_household, base_cents, surcharge_cents, total_cents)
values (?1, 'add', 'open', ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
