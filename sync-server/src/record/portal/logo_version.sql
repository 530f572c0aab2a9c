select version, words from logo where id = 1
