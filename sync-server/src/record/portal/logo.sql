select media_type, bytes, version, words from logo where id = 1
