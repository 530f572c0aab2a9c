select seq from about_head where id = 1
