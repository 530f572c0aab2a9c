insert into cart_line (cart, child, activity, date, site, kind, added_at)
values (?1, ?2, ?3, ?4, ?5, 'out', ?6)
on conflict (cart, child, activity, date) do nothing
