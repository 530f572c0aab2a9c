insert into wish (id, kind, state, child, activity, site, date, with_formula, in_group, for_household, of_guardian,
    about_reservation, since, changed_at, offered_until, base_cents, surcharge_cents, total_cents, words, version)
values (?1, ?2, 'open', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, null, ?13, ?14, ?15, null, ?16)
