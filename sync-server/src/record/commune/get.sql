select slug, name, zone, label from commune where id = 1
