update cart_line set kind = 'out', with_formula = null, in_group = null, about_reservation = null,
    about_wish = null, shown_cents = null, held_until = null
where cart = ?1 and child = ?2 and activity = ?3 and date = ?4 and kind = 'add'
