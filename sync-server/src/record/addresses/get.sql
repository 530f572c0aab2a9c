select encoded, seq from addresses where id = 1
