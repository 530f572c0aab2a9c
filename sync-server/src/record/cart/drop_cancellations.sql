delete from cart_line where cart = ?1 and kind = 'cancel'
