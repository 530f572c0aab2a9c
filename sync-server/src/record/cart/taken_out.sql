select child, activity, date, site, added_at from cart_line where cart = ?1 and kind = 'out'
order by date, child, activity
