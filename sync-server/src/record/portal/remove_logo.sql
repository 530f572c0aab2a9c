delete from logo where id = 1
