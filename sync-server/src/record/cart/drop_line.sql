delete from cart_line where cart = ?1 and child = ?2 and activity = ?3 and date = ?4 and kind = 'cancel'
