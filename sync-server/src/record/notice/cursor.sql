select seq from noticed where id = 1
