insert into cart_line (cart, child, activity, date, site, kind, with_formula, in_group, about_reservation, about_wish,
    shown_cents, held_until, added_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
on conflict (cart, child, activity, date) do update set site = excluded.site, kind = excluded.kind,
    with_formula = excluded.with_formula, in_group = excluded.in_group,
    about_reservation = excluded.about_reservation, about_wish = excluded.about_wish,
    shown_cents = excluded.shown_cents, held_until = excluded.held_until, added_at = excluded.added_at
